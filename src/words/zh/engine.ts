/** Of an engine beside the warehouse's own database. */
export const ENGINE_ZH = {
  'Opening the engine': '正在连接计算引擎',
  '--engine {engine} is neither duckdb nor spark': '--engine {engine} 既不是 duckdb 也不是 spark',
  'Leave it out for DuckDB, which needs nothing.': '不写即用 DuckDB，无需其他条件。',
  "the engine is spark, and the settings don't say where it is": '引擎为 spark，但设置中没有写明它在哪里',
  'Say it in settle.yaml: spark: { connect: "sc://host:15002", lake: /shared/lake }':
    '请写在 settle.yaml 中：spark: { connect: "sc://host:15002", lake: /shared/lake }',
  'the address of the Spark server is not of the form sc://host:port/;name=value':
    'Spark 服务器的地址不符合 sc://host:port/;name=value 的形式',
  'Give it as Spark prints it: sc://spark.example.org:15002, or with TLS and a token sc://spark.example.org:443/;use_ssl=true;token=…':
    '请按 Spark 的写法给出：sc://spark.example.org:15002；使用 TLS 和令牌时为 sc://spark.example.org:443/;use_ssl=true;token=…',
  '{server} answers, but is no Spark Connect server': '{server} 有应答，但不是 Spark Connect 服务器',
  'See whether it runs, and whether its address in settle.yaml under "spark" is right: connect.':
    '请确认它在运行，且 settle.yaml 中 spark 下的地址 connect 正确。',
  "Spark at {server} can't do what it was asked: {why}": '{server} 的 Spark 无法完成请求：{why}',
  'Run again; where it comes again, look at the cluster.': '请重新运行；若再次出现，请检查集群。',
  'See the log of the Spark server. Where the cluster is sound this is a defect of the program: report it.':
    '请查看 Spark 服务器的日志。若集群正常，则是本程序的缺陷，请反馈。',
  'no Spark server answers at {server}: {why}': '{server} 没有 Spark 服务器应答：{why}',
  'the Spark server at {server} was lost in the middle: {why}': '运行途中失去 {server} 的 Spark 服务器：{why}',
  'Nothing was published. Once it answers again, run again; it continues from what is loaded.':
    '没有发布任何内容。待它恢复应答后重新运行；已载入的内容无需重来。',
  'Spark at {server} refuses whoever asks: {why}': '{server} 的 Spark 拒绝了请求者：{why}',
  'See whether the token is right and still valid, and whether the server takes one.':
    '请确认令牌正确且仍有效，并确认服务器接受令牌。',
  'on Spark at {server} nothing has gone on for {seconds} seconds: it may have lost all its workers, or have none to spare':
    '{server} 的 Spark 已 {seconds} 秒没有进展：可能失去了全部工作节点，或没有空闲的节点',
  'Nothing was published. See to the workers of the cluster, then run again; or allow more with "spark: patience".':
    '没有发布任何内容。请检查集群的工作节点后重新运行；或在 spark 下用 patience 放宽。',
  "Spark doesn't see what this machine writes to {folder}": 'Spark 看不到本机写入 {folder} 的内容',
  "this machine doesn't see what Spark writes to {folder}": '本机看不到 Spark 写入 {folder} 的内容',
  'Give as "spark: lake" a folder on storage that this machine, the Spark server and all its workers have mounted at the same path, and may write to.':
    '请在 spark 下用 lake 给出共享存储上的文件夹：本机、Spark 服务器及其全部工作节点须挂载在同一路径，且均可写入。',
  'the Spark server is of version {version}, and 4.0 or later is needed':
    'Spark 服务器的版本为 {version}，需要 4.0 或更新',
  'Give the address of a newer one, or settle with DuckDB: --engine duckdb. Nothing was published.':
    '请给出较新服务器的地址，或用 DuckDB 结算：--engine duckdb。没有发布任何内容。',
  'Spark answers otherwise than the rules need ({name}): {ask} is not {expected}':
    'Spark 的计算与规则要求不符（{name}）：{ask} 应为 {expected}',
  'Nothing was settled. Look for a setting of the server that a session cannot change, or settle with DuckDB: --engine duckdb.':
    '没有结算任何内容。请查找会话无法更改的服务器设置，或用 DuckDB 结算：--engine duckdb。',
};

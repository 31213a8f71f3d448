/** Of runs: which is meant, how they are settled, compared and explained; of nights and their policies. */
export const RUNS_ZH = {
  "the manifest of {dir} can't be read": '无法读取 {dir} 的 manifest',
  'To see what is wrong: settle verify {dir}': '查看问题：settle verify {dir}',
  'a second run and --policy or --input were both given': '同时给出了第二个批次和 --policy 或 --input',
  'there is nothing to compare the run with': '没有给出与该批次比较的对象',
  'Give a second run; or give --policy FILE or --input DIR to see what they would change.':
    '请给出第二个批次；或给出 --policy FILE、--input DIR，看它们会带来什么变化。',
  'the policy {id} is for {from} to {to}, the run for {runFrom} to {runTo}':
    '政策 {id} 的结算期为 {from} 至 {to}，批次为 {runFrom} 至 {runTo}',
  'Give a policy of the same period.': '请给出同一结算期的政策。',
  "the causes don't add up to the difference between the two runs": '各原因之和不等于两个批次的差额',
  'This is a defect of the program: keep the warehouse and both run folders, and report it.':
    '这是程序的缺陷：请保留数据仓库和两个批次文件夹，并报告。',
  'Give the anchor with --anchor, an agency with --agency, or a session with --session. See settle explain --help.':
    '请用 --anchor 给出主播，用 --agency 给出机构，或用 --session 给出场次。用法见 settle explain --help。',
  '--agency was given with --anchor, --date, --session or --for-agency':
    '--agency 与 --anchor、--date、--session 或 --for-agency 同时给出',
  'An agency is explained as a whole: give --agency alone, or one of its anchors with --anchor.':
    '机构按整体说明：只给 --agency，或用 --anchor 给出其中一位主播。',
  '{count} agencies are called {name}: {agencies}': '有 {count} 家机构叫 {name}：{agencies}',
  'Give the id of one of them with --agency.': '请用 --agency 给出其中一个的ID。',
  '--date and --session were both given': '同时给出了 --date 和 --session',
  'Give one of them, or neither.': '请只给一个，或都不给。',
  '--date {date} is not a valid date': '--date {date} 不是有效的日期',
  'Give a date as YYYY-MM-DD, e.g. --date 2023-11-14.': '请写成 YYYY-MM-DD，如 --date 2023-11-14。',
  '--{flag} {id} is not a valid id': '--{flag} {id} 不是有效的 ID',
  "Give the {flag}'s id as the exports write it.": '请按导出文件的写法给出 {flag} 的 ID。',
  '{file} is not the policy that the run was settled by': '{file} 不是该批次结算所用的政策',
  'To see what was changed: settle verify {dir}': '查看改动：settle verify {dir}',
  'by {id} nobody is paid ({rules}): its runs have no amounts, and are neither closed nor compared':
    '{id} 不付款（{rules}）：其批次没有金额，既不关账也不比较',
  'Read its lists in the run folder, or with settle report and settle book.':
    '请看批次文件夹中的清单，或用 settle report、settle book 查看。',
  'run {run_id} is explained anchor by anchor, not with --of': '批次 {run_id} 按主播说明，不用 --of',
  'Give the anchor with --anchor, or an agency with --agency.': '请用 --anchor 给出主播，或用 --agency 给出机构。',
  '--of was given with --anchor, --agency, --date, --session or --for-agency':
    '--of 与 --anchor、--agency、--date、--session 或 --for-agency 同时给出',
  'Give --of alone.': '请只给 --of。',
  '{session} is in no sessions file of run {run_id}': '批次 {run_id} 的场次文件中没有 {session}',
  'Give a session_id of sessions.csv or unsettled.csv; ragged rows show none, see quarantine.csv.':
    '请给出 sessions.csv 或 unsettled.csv 中的场次ID；列数不符的行没有场次ID，见 quarantine.csv。',
  '{dir} already exists and is not empty': '{dir} 已存在且不为空',
  'Give a new folder, e.g. settle init settlement': '请给出新的文件夹，如 settle init settlement',
  "the metrics can't be written: {said}": '无法写出指标：{said}',
  '--date {night} is not a valid date': '--date {night} 不是有效的日期',
  'Give a date that exists as YYYY-MM-DD, 2000 to 2099.': '请给出存在的日期，写成 YYYY-MM-DD，2000 至 2099 年。',
  'Give the folder of exports with --input, or as input in settle.yaml.':
    '请用 --input 给出导出文件夹，或在 settle.yaml 中写明 input。',
  "the log can't be written: {message}": '无法写入日志：{message}',
  '{file} does not hold the files that the run was settled from: {export}':
    '{file} 中没有结算该批次所用的文件：{export}',
  'Give the warehouse that the run was settled from: --warehouse FILE. One that was made again must have loaded the files in the same order.':
    '请用 --warehouse FILE 给出结算该批次的数据仓库。重建的数据仓库须按同样的顺序载入文件。',
  '{runDir} is there already, but was changed since it was published ({message})':
    '{runDir} 已存在，但发布后被改动（{message}）',
  'See what with "settle verify", then move the folder away and run again.':
    '请用 settle verify 查看改动，然后移走该文件夹并重新运行。',
  "the statement {path} would stand where another anchor's stands already: this file system takes names that differ by case alone for one":
    '对账单 {path} 会与另一主播的重名：该文件系统不区分大小写',
  'Give an --out on a file system that tells them apart, or run with --no-statements.':
    '请把 --out 放在区分大小写的文件系统上，或加 --no-statements。',
  '{path} is not the file that the run published': '{path} 不是该批次发布的文件',
  "{what} can't be told: {said}": '无法判断 {what}：{said}',
  "{what} can't be told, so what was seen before stands: {said}": '无法判断 {what}，沿用以前看到的情况：{said}',
  'what was seen before': '以前看到的情况',
  'what {id} is fed with': '{id} 所用的其他规则的结果',
  'the notices of the place': '环境的提醒',
  "the folder of policies {folder} can't be read: {message}": '无法读取政策文件夹 {folder}：{message}',
  'Give the folder that holds a policy for each period with --policies.':
    '请用 --policies 给出存放各结算期政策的文件夹。',
  '{file} and {file2} have days in common: {period}, and {period2}; neither is settled':
    '{file} 与 {file2} 的结算期重叠：{period}、{period2}；两者都没有结算',
  'Of a programme a day belongs to one policy, and both are of {programme}. Correct a period, or move a policy out of the folder; where they are two programmes, name each in its policy (programme: …).':
    '同一项目的一天只属于一个政策，而两者都属于 {programme}。请更正结算期，或把其中一个移出文件夹；如是两个项目，请在各自的政策中写明 programme: …',
  ', or correct what is wrong with the policies there': '，或更正其中有误的政策',
  '; the last one is {file}, {period}': '；最后一个是 {file}（{period}）',
  ' Where the programme has ended, move its policies out of the folder.': '如该项目已结束，请把它的政策移出文件夹。',
  'no policy {place} is for {date}': '{place}没有适用于 {date} 的政策',
  'Put the policy of that day there{faulty}{hint}.{over}': '请放入该日的政策{faulty}{hint}。{over}',
  'in {folder}': '{folder} 中',
  'of {programme} in {folder}': '{folder} 中项目 {programme} ',
  '; the first: {cell} is {found}, and should be {expected}': '；第一处：{cell} 为 {found}，应为 {expected}',
  'the figures of {runDir} differ from what they should be ({count}{where})':
    '{runDir} 的数字与应有的不符（{count}{where}）',
  '1 difference': '1 处差异',
  '{count} differences': '{count} 处差异',
  'Pay and close nothing by it. To see every difference: settle verify {runDir}. If nobody changed the folder, this is a defect of the program: keep the folder and the warehouse, and report it.':
    '请勿据此付款或关账。查看全部差异：settle verify {runDir}。如无人改动该文件夹，则是程序的缺陷：请保留文件夹和数据仓库，并报告。',
  '--known-at {knownAt} is not the number of a load, a date or a time': '--known-at {knownAt} 不是载入序号、日期或时间',
  'Give a number that settle files shows, a date YYYY-MM-DD (its end counts) or a time "YYYY-MM-DD HH:MM:SS", Beijing.':
    '请给出 settle files 列出的序号、日期 YYYY-MM-DD（以当日结束为准）或时间 YYYY-MM-DD HH:MM:SS（北京时间）。',
  'the warehouse was still empty at {until}': '数据仓库在 {until} 还是空的',
  '  {code}: {message}': '  {code}：{message}',
  '  {code}: and {more} more ({named}). {fix}': '  {code}：另有 {more} 条（{named}）。{fix}',
  'Nothing has been loaded yet.': '尚未载入任何文件。',
  'The first load was at {first}.': '第一次载入在 {first}。',
  'there is no load {number}': '没有第 {number} 次载入',
  'Loads are numbered from 1 to {last}. To list them: settle files': '载入序号为 1 至 {last}。列出：settle files',
  '{file} does not hold the files that this run was settled from': '{file} 中没有结算该批次所用的文件',
  'Give the warehouse that the run was settled from: --warehouse FILE': '请给出结算该批次的数据仓库：--warehouse FILE',
  'of {anchor}, {file} says other figures than the warehouse settles to':
    '{anchor} 在 {file} 中的数字与数据仓库结算出的不同',
  'See settle verify {dir}. If it finds nothing, the program or the warehouse has a defect: report it.':
    '请看 settle verify {dir}。如没有差异，则是程序或数据仓库的缺陷：请报告。',
  "{file} can't be read": '无法读取 {file}',
  "{path} can't be read": '无法读取 {path}',
  'Run the month again.': '请重新结算该月。',
  '{count} anchors are called {nickname}: {anchors}': '有 {count} 位主播的昵称是「{nickname}」：{anchors}',
  'Give the id of one of them with --anchor.': '请用 --anchor 给出其中一位的主播ID。',
  '{run} is the id of {count} runs': '有 {count} 个批次的批次号是 {run}',
  'there is no run {run}': '没有批次 {run}',
  'Give a run id, or the path of a run folder. To list the runs: settle runs --out DIR':
    '请给出批次号或批次文件夹的路径。列出批次：settle runs --out DIR',
  'the runs settle different periods: {period} and {period2}': '两个批次的结算期不同：{period} 和 {period2}',
  'the two runs were settled by other rules: {a} and {b}': '两个批次所用的规则不同：{a} 和 {b}',
  'Give two runs by the same rules.': '请给出同一规则的两个批次。',
  "periods aren't compared by the rules {rules}": '规则 {rules} 不比较不同的结算期',
  'Give two runs of the same period.': '请给出同一结算期的两个批次。',
  'no run of {period} is published in {out}': '{out} 中没有 {period} 的批次',
  "{period} isn't closed": '{period} 尚未关账',
  'no run is closed in {out}': '{out} 中没有已关账的批次',
  'no run is published in {out}': '{out} 中没有批次',
  '{from} to {to}': '{from} 至 {to}',
  '{period} of {programme}': '项目 {programme} 的 {period}',
  'To list the runs: settle runs --out DIR': '列出批次：settle runs --out DIR',
  '--as-of {asOf} is not a valid date': '--as-of {asOf} 不是有效的日期',
  "--as-of {asOf} lies before the period's first day, {from}": '--as-of {asOf} 早于结算期首日 {from}',
  'Give a date from {from} on, or the policy of the month that you mean.':
    '请给出不早于 {from} 的日期，或所指月份的政策。',
  'the settlement fails its own audit, so nothing was published:\n{list}':
    '结算没有通过自身审计，因此没有发布：\n{list}',
  'This is a defect of the program: keep the exports and the policy, and report it.':
    '这是程序的缺陷：请保留导出文件和政策，并报告。',
  '1 row would be quarantined, and --strict allows none{list}': '有 1 行会被隔离，而 --strict 不允许隔离{list}',
  '{rows} rows would be quarantined, and --strict allows none{list}':
    '有 {rows} 行会被隔离，而 --strict 不允许隔离{list}',
  'Nothing was loaded or written. Fix the exports, or run without --strict to settle the sound rows.':
    '没有载入或写出任何内容。请更正导出文件，或不带 --strict 结算无误的行。',
  'settled again, an audit fails: {audit} ({why})': '重新结算后审计未通过：{audit}（{why}）',
  'This is a defect of the program or of the warehouse: keep both, publish nothing, and report it.':
    '这是程序或数据仓库的缺陷：请保留两者，不要发布，并报告。',
} as const;

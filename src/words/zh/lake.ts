/** Of a lake that machines load exports into, and of folders that Spark wrote. */
export const LAKE_ZH = {
  'is a folder that is still being written, or was left half written: {what}':
    '是仍在写入、或只写了一半的文件夹：{what}',
  'it holds {name}': '其中有 {name}',
  'it lacks {name}': '其中没有 {name}',
  'Wait until the job that writes it has ended, or run the job again. If all of it is there, put an empty file {name} into it.':
    '请等写入它的作业结束，或重新运行该作业。若内容已齐全，请在其中放一个空文件 {name}。',
  'is a folder that holds {stray}, which is no Parquet file': '文件夹中有 {stray}，它不是 Parquet 文件',
  'Let the job write into a folder of its own, without partitions (no partitionBy).':
    '请让作业写入单独的文件夹，且不分区（不用 partitionBy）。',
  'is a folder without any Parquet file': '文件夹中没有 Parquet 文件',
  'Run the job again; a table without rows still has a file with its columns.':
    '请重新运行作业；没有数据行的表也有一个带列名的文件。',
  'is a folder whose files have different columns: {first} and {part}': '文件夹中各文件的列不同：{first} 与 {part}',
  'Let one job write all of it into a folder of its own.': '请让同一个作业把全部内容写入单独的文件夹。',
  'the folder {folder} is no lake that exports were loaded into': '文件夹 {folder} 不是载入过导出文件的数据湖',
  'the folder {folder} is no lake of exports, and holds {holds}':
    '文件夹 {folder} 不是导出文件的数据湖，且其中有 {holds}',
  'Load exports into it first: settle load --lake {folder} DIR': '请先载入导出文件：settle load --lake {folder} DIR',
  'Give an empty folder, or one that does not exist yet, with --lake.':
    '请用 --lake 指定空文件夹，或尚不存在的文件夹。',
  '{folder} is a lake of format {format}, and this version of the program knows format {ours}':
    '{folder} 是格式 {format} 的数据湖，本版本程序只认识格式 {ours}',
  'Use the version of the program that wrote it, or load the exports into another folder. Nothing was changed.':
    '请使用写入它的程序版本，或把导出文件载入另一个文件夹。没有作任何改动。',
  'the lake {folder} is damaged: {path} is missing or is not what was written':
    '数据湖 {folder} 已损坏：{path} 缺失，或不是当初写入的内容',
  'Restore it from a backup, or load the exports into another folder and settle from there.':
    '请从备份恢复，或把导出文件载入另一个文件夹，再从那里结算。',
  'exports of {exports} are being loaded into the lake {folder} by another run':
    '另一次运行正在把 {exports} 的导出文件载入数据湖 {folder}',
  'Run again when it has ended, or wait for it with --wait SECONDS.': '请待其结束后重新运行，或用 --wait 秒数 等候。',
  "the warehouse {warehouse} doesn't come from the lake {folder}: load {load} is another there":
    '数据仓库 {warehouse} 不是由数据湖 {folder} 而来：第 {load} 次载入与那里不同',
  'A warehouse takes exports from one lake alone, or from folders alone. Give another one with --warehouse, and an --out of its own.':
    '一个数据仓库只从一个数据湖、或只从文件夹载入导出文件。请用 --warehouse 另指定数据仓库，并用 --out 另指定输出文件夹。',
  '--strict keeps nothing where a row is quarantined, and a lake keeps what was loaded':
    '--strict 在有行被隔离时什么都不保留，而数据湖会保留已载入的内容',
  'Load first, with settle load --lake; then settle with --lake and --strict, and without --input.':
    '请先用 settle load --lake 载入，再用 --lake 和 --strict 结算，且不给 --input。',
  'expected the path of the folder that exports are loaded into': '应为载入导出文件的文件夹路径',
};

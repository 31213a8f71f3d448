/** Of the warehouse: opened, lost, strange, made again, backed up. */
export const WAREHOUSE_ZH = {
  '{file} is held by another run{holder}': '{file} 正被另一次运行占用{holder}',
  ' (process {pid})': '（进程 {pid}）',
  ' (process {pid}, settle {command})': '（进程 {pid}，settle {command}）',
  'Wait until that run has ended, then run again; --wait 600 waits up to 600 seconds for it.':
    '请等它结束后再运行；--wait 600 最多等待 600 秒。',
  "{file} can't be opened: {why}": '无法打开 {file}：{why}',
  'Make the file readable for whoever runs this, and its .wal and .head where there are such.':
    '请让运行者能读取该文件，以及旁边的 .wal 和 .head（如有）。',
  'Make the file and its folder readable and writable for whoever runs this; for commands that only read, readable is enough.':
    '请让运行者能读写该文件及其文件夹；只读的命令能读取即可。',
  "{file} was written by {newer}, which this program's can't read": '{file} 由 {newer} 写成，本程序的数据库无法读取',
  'Restore a copy that this version wrote, or install the version of this program that wrote the file. It is not damaged, and nothing was changed.':
    '请恢复由本版本写成的副本，或安装写成该文件的程序版本。文件没有损坏，也没有改动。',
  'there is no space left to spill to in {scratch}: {why}': '{scratch} 没有空间存放临时数据：{why}',
  'Make room there, or set TMPDIR to a place that has room, or allow more with --memory-limit; then run again.':
    '请腾出空间，或把 TMPDIR 指向有空间的位置，或用 --memory-limit 放宽内存，然后重新运行。',
  "{file} can't be read as a warehouse: {why}": '{file} 无法作为数据仓库读取：{why}',
  'Give another file with --warehouse, or restore this one from a copy.':
    '请用 --warehouse 给出其他文件，或从副本恢复该文件。',
  '{file} is a database, but no settlement warehouse': '{file} 是数据库，但不是结算的数据仓库',
  'Give another file with --warehouse; a new one is made from the exports.':
    '请用 --warehouse 给出其他文件；新的会由导出文件生成。',
  'was written by a newer version of this program': '由本程序的更新版本写成',
  'is older than any that can be carried over': '过旧，无法升级',
  '{file} is a warehouse of format {format} and {when}, which knows format {FORMAT}':
    '{file} 是格式 {format} 的数据仓库，{when}；本程序的格式为 {FORMAT}',
  'Install that version again, or a later one; or give another file with --warehouse. Nothing was changed.':
    '请重新安装该版本或更新的版本，或用 --warehouse 给出其他文件。没有改动任何内容。',
  'the warehouse {file} is damaged: {what}': '数据仓库 {file} 已损坏：{what}',
  'load {load}, which it held before, is missing or is another now': '原有的第 {load} 次载入缺失或已不同',
  'of {file} it holds {held} rows, but {rows} were loaded': '{file} 载入了 {rows} 行，现只有 {held} 行',
  "of {file}, line {line}, it doesn't hold the fault any more": '{file} 第 {line} 行的问题记录已不在其中',
  'Restore the file with its .head from a backup, or move both away and make them again from the exports: settle rebuild --input DIR':
    '请从备份恢复该文件及其 .head；或把两者移开，由导出文件重建：settle rebuild --input DIR',
  'Restore the newest backup of the warehouse with its .head; or move what is left of it away and make it again from the exports: settle rebuild --input DIR.':
    '请恢复数据仓库最新的备份及其 .head；或把残留部分移开，由导出文件重建：settle rebuild --input DIR。',
  '{head} is there': '{head} 仍在',
  'a run that was settled from one is closed ({dir})': '由它结算的批次已关账（{dir}）',
  'If a new one is meant, take {head} away.': '如确要新建，请移走 {head}。',
  'the warehouse {file} is missing, but {left}: a new one would know nothing of what was settled and paid':
    '数据仓库 {file} 缺失，但{left}：新建的仓库不知道已结算和已付的内容',
  '{RESTORE} {anew}': '{RESTORE}{anew}',
  '{RESTORE} {OF_ITS_OWN}': '{RESTORE}{OF_ITS_OWN}',
  'If a new one is meant, give it an --out of its own: the runs of one output folder belong to one warehouse.':
    '如确要新建，请另用一个 --out：一个输出文件夹的批次属于一个数据仓库。',
  "doesn't hold": '没有',
  'holds in another order': '以另一顺序存有',
  "the warehouse {file} is missing, but there are runs that were settled from one, and the exports don't make it again: a new one {what} {export}, which {dir} was settled from":
    '数据仓库 {file} 缺失，但已有由它结算的批次，而导出文件无法将它重建：新仓库{what} {export}，而 {dir} 由它结算',
  'the warehouse {file} is not the one that {dir} was settled from, or is older: it {what} {export}. What is settled and closed on it would lack what was settled before':
    '数据仓库 {file} 不是结算 {dir} 的那个，或较旧：它{what} {export}。在它上面结算和关账，会缺少以前已结算的内容',
  "{RESTORE} If that run was settled from another warehouse on purpose and isn't closed, move its folder out of {out}.":
    '{RESTORE}如该批次有意由另一数据仓库结算且尚未关账，请把它的文件夹移出 {out}。',
  'Make room: loading and settling these exports ({bytes}) takes {least} {need}; then run again.':
    '请腾出空间：载入并结算这些导出文件（{bytes}）{least}需要 {need}；然后重新运行。',
  'as it was, it is kept as {copy}': '原文件另存为 {copy}',
  "it isn't kept as it was: {lacking}": '原文件没有另存：{lacking}',
  '{file} was carried over from format {from} to {to}; {kept}': '{file} 已由格式 {from} 升级到 {to}；{kept}',
  'held by another run, waiting': '正被另一次运行占用，等待中',
  'at least': '至少',
  'up to': '最多',
  'there is no warehouse {file}': '没有数据仓库 {file}',
  'Give the warehouse with --warehouse FILE, or the folder of run folders beside it with --out DIR. If it was lost, restore a backup with its .head, or make it again: settle rebuild --input DIR.':
    '请用 --warehouse FILE 给出数据仓库，或用 --out DIR 给出它旁边的批次文件夹。如已丢失，请恢复备份及其 .head，或重建：settle rebuild --input DIR。',
  'a warehouse in memory has no backup': '内存中的数据仓库无法备份',
  'Give the file that keeps the exports with --warehouse.': '请用 --warehouse 给出保存导出内容的文件。',
  '{copy} is there already; a backup is never written over': '{copy} 已存在，备份不会被覆盖',
  'Give another name, as one with the date: settle backup backups/settlement-2023-12-01.duckdb':
    '请换一个名称，如带日期：settle backup backups/settlement-2023-12-01.duckdb',
  'Give the folder of exports with --input; and again, for each folder where replaced files are kept.':
    '请用 --input 给出导出文件夹；被替换的文件另存的文件夹，也各给一次。',
  'a warehouse in memory is never lost': '内存中的数据仓库无从丢失',
  'Give a file with --warehouse, or leave it out.': '请用 --warehouse 给出文件，或省略它。',
  '{there} is there; a warehouse is only made again where there is none': '{there} 仍在；只有在没有数据仓库时才重建',
  'If it is damaged or too old, move it away with what lies beside it (.head, .wal), and keep it until this has ended.':
    '如它已损坏或过旧，请连同旁边的 .head、.wal 一并移开，并保留到重建结束。',
  'the closed run': '已关账批次',
  'the run': '批次',
  '{which} {dir} was settled from files in an order that the other runs contradict, as if from another warehouse; nothing was made':
    '{which} {dir} 所用文件的顺序与其他批次矛盾，像是来自另一数据仓库；没有重建',
  'Restore a backup of the warehouse. Closed runs of two warehouses have no place in one output folder.':
    '请恢复数据仓库的备份。两个数据仓库的已关账批次不能放在同一输出文件夹。',
  'It is not closed: move its folder out of the output folder, and rebuild again.':
    '它尚未关账：请把它的文件夹移出输出文件夹，再重建。',
  'what was made {what} {file}, which {dir} was settled from; nothing was kept':
    '重建的仓库{what} {file}，而 {dir} 由它结算；没有保留',
  'If that run is not closed, move its folder out of the output folder, and rebuild again.':
    '如该批次尚未关账，请把它的文件夹移出输出文件夹，再重建。',
  'the closed run {run_id} settles to another {files} than it was closed with; nothing was made':
    '已关账批次 {run_id} 重新结算后 {files} 与关账时不同；没有重建',
  'See whether "settle verify {dir}" finds anything. If not, this is a defect of the program: keep the exports and the run folders, and report it.':
    '请看 settle verify {dir} 是否有差异。如没有，则是程序的缺陷：请保留导出文件和批次文件夹，并报告。',
  'that stood last, and nothing has replaced since': '（最后仍有效，此后没有被替换）',
  'If the content is lost for good, move the folders of the runs that name it, which are not closed, out of the output folder.':
    '如内容确已丢失，请把用到它且未关账的批次文件夹移出输出文件夹。',
  'that closed runs were settled from': '（已关账批次由其结算）',
  'A closed run can only be settled from what it was closed with.': '已关账批次只能由关账时的内容重新结算。',
  '  and {count} more; all with --json': '  另有 {count} 个，加 --json 可看全部',
  '1 content is missing': '缺少 1 个文件内容',
  '{count} contents are missing': '缺少 {count} 个文件内容',
  '{count} {which}; nothing was made:\n{list}': '{count}{which}；没有重建：\n{list}',
  '{why} Give the folders where the files lie, under whatever names, with further --input, and rebuild again.':
    '{why}请用更多 --input 给出存有这些文件的文件夹（文件名不限），再重建。',
} as const;

/** Of exports that can't be used. */
export const LOAD_ZH = {
  "{missing} corrects files that would be read again, and isn't in the folder":
    '{missing} 更正了将要重新读取的文件，却不在文件夹中',
  "{missing} correct files that would be read again, and aren't in the folder":
    '{missing} 更正了将要重新读取的文件，却不在文件夹中',
  'Put it back, so that it is read again too and goes on correcting them.': '请放回，使它一并重新读取并继续更正它们。',
  'the header {faults}': '表头{faults}',
  'Keep one of the two.': '请只保留其中一列。',
  'Export the {kind} with that column.': '请带上该列重新导出 {kind}。',
  'Export the {kind} with those columns.': '请带上这些列重新导出 {kind}。',
  '{fix} What another system calls otherwise, "columns" of settle.yaml names.':
    '{fix}如该列在其他系统另有名称，请写入 settle.yaml 的 columns。',
  'Export the {kind} with one of them.': '请带上其中一列重新导出 {kind}。',
  ' It lacks {columns} too.': '它还缺少 {columns}。',
  'Line {line} looks like the header: remove the lines above it.{more}':
    '第 {line} 行像是表头：请删去它上方的行。{more}',
  '{name} ({chinese})': '{chinese}（{name}）',
  'has the column {column} twice': '有两个{column}列',
  semicolons: '分号',
  tabs: '制表符',
  bars: '竖线',
  'Its cells are divided by {divider}: save it as CSV with commas.': '单元格以{divider}分隔：请存为以逗号分隔的 CSV。',
  '; it has {found}': '；现有 {found}',
  'lacks the column {columns}{more}': '缺少列：{columns}{more}',
  'lacks the columns {columns}{more}': '缺少列：{columns}{more}',
  'is not a gzip file, although its name says so': '名称为 gzip，内容却不是',
  'Rename it to .csv, or pack it again with gzip.': '请改名为 .csv，或重新用 gzip 压缩。',
  'is a damaged gzip file ({message})': '是损坏的 gzip 文件（{message}）',
  'Copy or export it again.': '请重新复制或导出。',
  'unpacks to more than {MOST_TIMES} times its size': '解压后超过原大小的 {MOST_TIMES} 倍',
  'No export packs so well: look at what it holds. If it is meant so, give it unpacked, as .csv.':
    '导出文件不会压缩得这么小：请查看其内容。如确实如此，请解压后以 .csv 给出。',
  'is a damaged gzip file (bytes that are not gzip after its end, from byte {offset})':
    '是损坏的 gzip 文件（结尾之后自第 {offset} 字节起有其他内容）',
  'is neither valid UTF-8 nor valid {encoding} (at or after byte {offset})':
    '既不是有效的 UTF-8，也不是有效的 {encoding}（第 {offset} 字节或其后）',
  'Export it again as UTF-8.': '请以 UTF-8 重新导出。',
  'is not valid UTF-8 (byte {offset})': '不是有效的 UTF-8（第 {offset} 字节）',
  'Export it as UTF-8, or run with --encoding gb18030 if it is GB18030 or GBK.':
    '请以 UTF-8 导出；如为 GB18030 或 GBK，请加 --encoding gb18030。',
  'a quote that opens in the record beginning here is never closed': '自此开始的记录中有引号没有闭合',
  'text follows a closing quote': '闭合引号之后还有文字',
  "a quote stands inside a cell that doesn't begin with one": '单元格不以引号开头，中间却有引号',
  '="…" is Excel\'s way to write text: write only the text.': '="…" 是 Excel 的文本写法：请只写文本本身。',
  'Quote the whole cell and double the quotes inside it, or export the file again.':
    '请把整个单元格用引号括起、其中的引号写两个，或重新导出该文件。',
  'Where its records end is uncertain, so none is taken. {fix}': '无法确定各记录的结尾，因此整个文件不采用。{fix}',
  'holds a NUL byte at byte {offset}': '第 {offset} 字节是 NUL',
  'It is not a text file, or it is damaged: export it again as UTF-8 CSV.':
    '它不是文本文件，或已损坏：请以 UTF-8 的 CSV 重新导出。',
  'all of it is one line: its lines end in CR alone': '全部内容成了一行：各行只以 CR 结尾',
  'Export it with line ends of LF or CRLF.': '请以 LF 或 CRLF 换行导出。',
  'Write it with line ends of LF or CRLF (in Python: open the file with newline="").':
    '请以 LF 或 CRLF 换行写出（Python 中打开文件时用 newline=""）。',
  'its lines end in CR CR LF, so that the last column would have another name':
    '各行以 CR CR LF 结尾，最后一列的名称会因此不同',
  'changed while it was being read': '在读取时被改动',
  'Run again when the export has been written completely.': '请在导出完成后重新运行。',
  'its name is not UTF-8, as of an archive that was packed with Chinese names of another encoding':
    '文件名不是 UTF-8，像是来自以其他编码压缩中文名的压缩包',
  'Rename it, or unpack the archive again and say its encoding (unzip -O GBK).':
    '请改名，或指明编码重新解压（unzip -O GBK）。',
  "doesn't exist": '不存在',
  'is a file': '是文件',
  "can't be read ({code})": '无法读取（{code}）',
  'the input folder {folder} {what}': '导出文件夹 {folder} {what}',
  'Give the folder that holds the exports with --input.': '请用 --input 给出存放导出文件的文件夹。',
  'Give the folder of exports, or say it as input in settle.yaml.': '请给出导出文件夹，或在 settle.yaml 中写明 input。',
  'a ZIP archive or an Excel workbook (.xlsx)': ' ZIP 压缩包或 Excel 工作簿（.xlsx）',
  'an Excel workbook (.xls)': ' Excel 工作簿（.xls）',
  'a Parquet file': ' Parquet 文件',
  'UTF-16 text': ' UTF-16 文本',
  'an xz archive': ' xz 压缩包',
  'a zstd archive': ' zstd 压缩包',
  'a bzip2 archive': ' bzip2 压缩包',
  'a 7z archive': ' 7z 压缩包',
  'a RAR archive': ' RAR 压缩包',
  'a PDF document': ' PDF 文档',
  'a gzip archive': ' gzip 压缩包',
  'is {what} under the name of a CSV file': '名称为 CSV，内容却是{what}',
  'Export it as CSV (UTF-8), or give it its right ending (.csv.gz, .parquet, .xlsx).':
    '请导出为 CSV（UTF-8），或改为正确的后缀（.csv.gz、.parquet、.xlsx）。',
  'is a web page, not an export': '是网页，不是导出文件',
  'Log in and export again.': '请登录后重新导出。',
  'is empty: it has no header': '是空文件，没有表头',
  'Export it again; a file without rows still has its header line.': '请重新导出；没有数据行的文件也有表头行。',
  ', line {line}': '第 {line} 行',
  '{file}{where}: {what}': '{file}{where}：{what}',
  '\n  {said}': '\n  {said}',
  '\n    {said}': '\n    {said}',
  "{count} files can't be used:{list}": '{count} 个文件无法使用：{list}',
  'Nothing was loaded. Fix or remove each of them, then run again.':
    '没有载入任何内容。请逐一更正或移走，然后重新运行。',
} as const;

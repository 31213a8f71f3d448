/** The help of commands, flags and arguments; and the words that frame it. */
export const HELP_ZH: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'check pictures: settle check pictures DIR': '检查图片：settle check pictures DIR',
  'measure the pictures of a folder, judge them by a policy and say how to fix each fault':
    '测量文件夹中的图片，按政策判定，并说明每个问题的处理',
  'the folder of pictures, with those below it': '图片文件夹，含其下的文件夹',
  'the policy by which pictures are judged (default: the one for the day among --policies)':
    '判定图片所用的政策（默认：--policies 中适用于该日的政策）',
  "the day by whose rules they are judged (default: the period's last day, or today)":
    '按哪一天的规则判定（默认：结算期末日，或今天）',
  'write the measurements into a file, a new one, for the folder of exports': '把测量结果写入新文件，供放入导出文件夹',
  'Options:': '选项：',
  'Commands:': '命令：',
  'Arguments:': '参数：',
  'Settles a month of livestream incentives, so that every figure can be checked.':
    '结算一个月的直播激励，每个数字都可核对。',
  'print the version; with --json the build and the database too': '打印版本；加 --json 时还有构建和数据库',
  "recompute every figure of a run folder, or of an agency's packet, from its own rows and show what differs":
    '按批次文件夹或机构结算包自身的行重新计算每个数字，列出差异',
  'dispute a figure of a packet; take disputes in, list and answer them':
    '对结算包中的数字提出异议；收下、列出和答复异议',
  'write what you dispute of your packet into a small file': '把对结算包的异议写入一个小文件',
  'the file of the packet': '结算包文件',
  'the session that is disputed': '有异议的场次',
  'the anchor; of a session only where the packet does not have it': '主播；针对场次时，仅在结算包没有该场次时需要',
  "with --anchor: the anchor's day that is disputed": '与 --anchor 合用：该主播有异议的日期',
  'what is wrong': '异议说明',
  'what shows it': '依据',
  'whom to ask': '联系人',
  'the file to write, a new one (default: named after the dispute)': '要写的新文件（默认：以异议命名）',
  'take a dispute in that an agency sent': '收下机构发来的异议',
  'the file that the agency sent': '机构发来的文件',
  'who takes it in': '由谁收下',
  'list the disputes that were taken in, with their answers': '列出已收下的异议及其答复',
  'only those that nobody has answered': '只列未答复的',
  'answer a dispute, once, with the rows that the answer stands on and the run that pays':
    '答复异议（仅一次），附所依据的行和付款的批次',
  'the id of the dispute': '异议 ID',
  'who answers': '由谁答复',
  'what the agency is told': '告知机构的内容',
  'the agency is right': '异议成立',
  'the figure stands': '数字不变',
  'a row of an export that the answer stands on; may be repeated': '答复所依据的导出行；可重复',
  'with --accept: the run that pays': '与 --accept 合用：付款的批次',
  'sign the close with this OpenSSH key, by ssh-keygen; without --by, a run that is closed already':
    '用此 OpenSSH 密钥（由 ssh-keygen）为关账签名；不带 --by 时，为已关账的批次签名',
  "refuse what isn't signed by a key of this list, as ssh-keygen(1) has it":
    '只接受由此清单中的密钥签名的内容，清单格式见 ssh-keygen(1)',
  'with --allowed-signers: who must have signed (default: anybody of the list)':
    '与 --allowed-signers 合用：必须由谁签名（默认：清单中任何人）',
  'with --allowed-signers: when the key must be valid, in Beijing (default: now)':
    '与 --allowed-signers 合用：密钥须在何时有效，北京时间（默认：现在）',
  'of a packet: the root that you have by another way': '结算包：从其他途径得到的根值',
  'of a packet: the close.json of its run, that you have by another way': '结算包：从其他途径得到的该批次 close.json',
  'the secret of packets is lost for good: make another': '结算包的密钥确已丢失：另生成一个',
  'write what an agency is given: a page with all of its rows, that anybody can verify on any computer':
    '写出给机构的结算包：一个含其全部行的页面，任何人可在任何电脑上核对',
  'the agency': '机构',
  'by a programme that pays nobody: the account, publication or customer that is explained':
    '不付款的项目：要说明的账号、作品或客户',
  "of an anchor: what may be sent to its agency; other agencies' accounts are withheld":
    '某位主播：可发给其机构的说明，不含其他机构的账号',
  'an anchor that has no agency': '无机构的主播',
  'every agency, and every anchor that has none': '每个机构，以及每位无机构的主播',
  'the folder for the packets (default: the current directory)': '结算包的文件夹（默认：当前目录）',
  'print this help': '打印本帮助',
  'display help for command': '打印某个命令的帮助',
  'load the exports, settle the period of the policy and publish the run folder':
    '载入导出文件，结算政策的结算期，发布批次文件夹',
  'print one JSON object on one line on standard output': '在标准输出打印一行 JSON',
  'print neither progress nor the summary': '不打印进度和汇总',
  'the language, English or Chinese (default: that of LC_ALL, LC_MESSAGES or LANG)':
    '语言，英文或中文（默认：LC_ALL、LC_MESSAGES 或 LANG 的语言）',
  'print the stack trace of a failure': '打印失败的堆栈',
  'the policy of the month (YAML or JSON)': '当月政策（YAML 或 JSON）',
  'the folder of exports': '导出文件夹',
  'the folder on shared storage that exports are loaded into, by any number of machines at once':
    '共享存储上的文件夹，任意多台机器可同时把导出文件载入其中',
  'the settings file (default: settle.yaml in the current directory, if there is one)':
    '设置文件（默认：当前目录的 settle.yaml，如有）',
  'the DuckDB file that keeps the exports, or :memory: (default: settlement.duckdb beside --out)':
    '保存导出内容的 DuckDB 文件，或 :memory:（默认：--out 旁的 settlement.duckdb）',
  'where run folders go': '批次文件夹的位置',
  "settle up to this date (default: the period's last day)": '结算到该日（默认：结算期末日）',
  'settle with what the warehouse knew then; nothing is loaded, so --input is not needed':
    '按数据仓库当时所知结算；不载入，因此不需要 --input',
  'what a file that is not UTF-8 is read as: gb18030': '不是 UTF-8 的文件按何编码读取：gb18030',
  "what INT96 times of Parquet files are: instant (UTC) or wall (Beijing's clock)":
    'Parquet 文件的 INT96 时间：instant（UTC）或 wall（北京时间）',
  'fail (exit 3) and keep nothing if any row would be quarantined': '如有行会被隔离则失败（退出码 3），不保留任何内容',
  'do not write a statement for each anchor': '不写每位主播的对账单',
  'of a closed period: pay anchors that have another agency since through that one, by lines of adjustments.csv':
    '已关账的结算期：此后换了机构的主播改由新机构付款，写入 adjustments.csv',
  'memory that the database may use, e.g. 4GB; what does not fit goes to a temporary folder':
    '数据库可用的内存，如 4GB；放不下的写到临时文件夹',
  'how many threads the database uses': '数据库使用的线程数',
  'publish a table of more rows by ranges of anchors, so many at a time (default: 2000000)':
    '行数更多的表按主播分段发布，每段这么多行（默认 2000000）',
  'what computes the settlement: duckdb or spark (default: duckdb)': '由什么计算结算：duckdb 或 spark（默认 duckdb）',
  'how long to wait for a warehouse that another run holds': '数据仓库被占用时等待多少秒',
  'load what is new, settle every period that the date or the new data affects, and publish':
    '载入新文件，结算日期或新数据涉及的每个结算期，并发布',
  'the night to settle (default: yesterday in Beijing)': '结算哪一晚（默认：北京时间昨天）',
  'the folder with a policy for each period': '存放各结算期政策的文件夹',
  'append events to this file as lines of JSON': '把事件以 JSON 行追加到该文件',
  'write what Prometheus may collect into this file': '把供 Prometheus 采集的指标写入该文件',
  'hold every run of the night against the second implementation; exit 6 if one differs':
    '用第二套实现核对当晚每个批次；如有差异，退出码 6',
  'do not, whatever the settings say': '不核对，不论设置如何',
  'load the exports and settle nothing': '只载入导出文件，不结算',
  'read files again that an older build has read': '重新读取由旧版程序读取的文件',
  'the folder of exports (default: --input)': '导出文件夹（默认：--input）',
  'list the loaded files, load by load': '列出每次载入的文件',
  'list the published runs': '列出已发布的批次',
  'accept notices and quarantined rows that were looked at, so that nobody is asked about them again':
    '确认已看过的提醒和隔离行，不再询问',
  'who accepts': '确认人',
  'what there is to say about it': '备注',
  'everything that is open': '全部待确认内容',
  'what has this code, or CODE:SUBJECT (or CODE:FILE); may be repeated':
    '该代码的内容，或 CODE:SUBJECT（或 CODE:FILE）；可重复',
  'notices of the place (the folder of exports, the policies) instead of a run':
    '环境的提醒（导出文件夹、政策），而不是某个批次的',
  'print what would be accepted, and change nothing': '只打印将确认的内容，不改动',
  'the id of the run, its folder, "closed" or "latest"':
    '批次号、批次文件夹、closed（最后关账的）或 latest（最后完成的）',
  'delete run folders that nothing needs: no close, no restatement, no night, and not the last of a period':
    '删除不再需要的批次文件夹：关账、更正、夜间结算都不用，也不是结算期的最后一个',
  'runs that ended within so many days stay': '多少天内完成的批次保留',
  'print what would be deleted, and change nothing': '只打印将删除的内容，不改动',
  'give back the room in the warehouse of rows that a replaced file and the one in its place have in common':
    '腾出数据仓库中被替换文件与现有文件相同的行所占的空间',
  'close a period with the run that it is paid by; with --restore, write closes that are missing':
    '以付款所用的批次对结算期关账；加 --restore 时写出缺失的关账',
  'who closes it': '关账人',
  'a remark to keep with the close': '随关账保存的备注',
  'the sha256 of quarantine.csv: accept that its rows are not paid': 'quarantine.csv 的 sha256：确认其中的行不付款',
  'show what differs between two settlements, and why, to the fen': '逐分显示两次结算的差异和原因',
  'compare with a settlement by this policy; nothing is published': '与按该政策的结算比较；不发布',
  'compare with a settlement of these exports too; the load is not kept': '与含这些导出文件的结算比较；载入不保留',
  'write a line per anchor into this file': '把每位主播一行写入该文件',
  'exit with 6 if they differ': '如有差异，退出码 6',
  'a run id, a run folder, "closed" or "latest"': '批次号、批次文件夹、closed（已关账）或 latest（最新）',
  'the same; leave it out with --policy or --input': '同上；用 --policy 或 --input 时省略',
  'show clause by clause how an amount was calculated': '逐条说明金额如何得出',
  'the anchor whose amount is explained; not needed with --session': '要说明的主播；用 --session 时不需要',
  'only this settlement date': '只看该归属日期',
  'only this session': '只看该场次',
  'write a run as a workbook for a spreadsheet: totals, agencies, anchors, days, sessions, what is unsettled, the policy':
    '把批次写成工作簿：汇总、机构、主播、每日、场次、未结算、政策',
  'the workbook to write, a new file (default: named after the run, in the current directory)':
    '要写的工作簿，须为新文件（默认：当前目录，以批次命名）',
  'a run of another month, to compare with': '用来比较的另一个月的批次',
  'only this agency; _independent for anchors that have none': '只含该机构；_independent 为无机构的主播',
  'settle each closed period again with this program, unpublished, and show what differs from what was closed':
    '用本程序重新结算每个已关账结算期（不发布），显示与关账时的差异',
  'make a lost warehouse again, so that closed runs settle to their files':
    '重建丢失的数据仓库，使已关账批次结算出原来的文件',
  'the folder of exports; more folders, or the flag again, where replaced files are kept under any name':
    '导出文件夹；另存被替换文件的文件夹可一并给出，文件名不限',
  'copy the warehouse with its head, while no run can change them': '在没有运行能改动时，复制数据仓库及其 head',
  'the name of the copy; no file may be there yet': '副本的名称；须尚无该文件',
  'every run folder below --out, with all closes, their chain, and what stands beside the runs':
    '--out 下的全部批次，连同关账、关账链和批次以外的内容',
  'the run folder, the id of the run, "closed" or "latest"; or the file of a packet':
    '批次文件夹、批次号、"closed" 或 "latest"；或结算包文件',
  'where run folders are (default: out)': '批次文件夹的位置（默认：out）',
  'check a policy: settle policy check FILE': '检查政策：settle policy check FILE',
  'check a policy and show what is wrong with it, by line and key': '检查政策，按行和键显示错误',
  'the policy': '政策',
  'make a workspace with sample exports and a policy, ready to run': '生成带样例导出文件和政策的工作区，可直接结算',
  'a folder that does not exist yet, or is empty': '尚不存在或为空的文件夹',
  'write closes and payments that stand in the folder or in the warehouse alone into the other':
    '把只在文件夹或只在数据仓库中的关账和付款写入另一方',
  'say that another person than who closed it has looked at the close of the run': '由关账人以外的人复核该批次的关账',
  'write a run as one page for a browser, in English and Chinese: totals, charts, agencies, caps, reasons, who is near a tier':
    '把批次写成一个浏览器页面（中英文）：汇总、图表、机构、封顶、原因、接近档位的主播',
  'the page to write, a new file (default: named after the run, in the current directory)':
    '要写的页面，须为新文件（默认：当前目录，以批次命名）',
  'make, review and look at batches of payments': '生成、复核、查看付款批次',
  'make a batch of payments of what is closed and in no batch yet': '把已关账且尚未付款的内容生成付款批次',
  'who makes it': '制单人',
  'only this programme (default: each that has something to pay)': '只含该项目（默认：每个有应付的项目）',
  'a remark to keep with the batch': '随付款批次保存的备注',
  'the agency whose amount is explained; _independent for anchors that have none':
    '要说明其金额的机构；_independent 指无机构的主播',
  'only closes up to this number': '只含到该号为止的关账',
  'why closes are paid that a lost batch may have held; kept in the batch':
    '可能曾在已丢失批次中的关账为何付款；随批次保存',
  'list the batches': '列出付款批次',
  'show what a batch pays to whom': '显示付款批次付给谁、付多少',
  'the id of the batch, its number or its folder': '付款批次号、序号或文件夹',
  'say that another person than who made it has looked at a batch': '由制单人以外的人复核付款批次',
  'who has looked at it': '复核人',
  'a remark to keep with the review': '随复核保存的备注',
  'the whole id of the batch, as settle payments show prints it': '付款批次的完整号，如 settle payments show 所示',
  'check seal, chain and sums of a batch, or of all, by a second implementation':
    '用第二套实现核对一个或全部付款批次的封存、链条和合计',
  'where run folders are': '批次文件夹的位置',
  'the id of the batch, its number or its folder (default: every batch)': '付款批次号、序号或文件夹（默认：全部）',
  'print a script by which a shell completes commands, flags and files': '打印供 shell 补全命令、选项和文件的脚本',
  'bash, zsh or fish': 'bash、zsh 或 fish',
  'print the manual page: settle man > settle.1': '打印手册页：settle man > settle.1',
  'show what one anchor is paid: amounts, what was paid before, days, every session and why it is not paid':
    '显示一位主播的应付：金额、以前已付、每日、各场次及不付的原因',
  'the anchor': '主播',
  'write it as a page for a browser into this new file, instead of printing it':
    '写成浏览器页面，存为该新文件，而不打印',
};

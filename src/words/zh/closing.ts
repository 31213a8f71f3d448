/** Of closes, and of what is accepted before one. */
export const CLOSING_ZH = {
  '{close} stands in {path} and not in the warehouse': '{close}在 {path} 中，而不在数据仓库中',
  '{close} stands in the warehouse, and its run folder {runDir} is now {other}':
    '{close}在数据仓库中，而它的批次文件夹 {runDir} 现在是 {other}',
  '{close} stands twice in the folder: {other} is a copy of {runDir}':
    '{close}在文件夹中有两份：{other} 是 {runDir} 的副本',
  '{close} stands in the warehouse, and {path} is gone': '{close}在数据仓库中，而 {path} 已不在',
  '{close} stands in the warehouse, and its run folder {runDir} is gone':
    '{close}在数据仓库中，而它的批次文件夹 {runDir} 已不在',
  '{close} is damaged in the warehouse: it is not what its hash says': '{close}在数据仓库中已损坏：与其哈希不符',
  "{close} stands in the warehouse, and its file can't be read": '{close}在数据仓库中，而它的文件无法读取',
  'closes: {said}; nothing is settled or closed until that is mended. {mend}':
    '关账：{said}；修复之前不能结算或关账。{mend}',
  'how it is written': '书写方式',
  '{close} is one thing in the folder and another in the warehouse; they differ in {what}':
    '{close}在文件夹与数据仓库中不一致，差异在：{what}',
  'close {close_no} ({policy_id}, run {run_id})': '第 {close_no} 号关账（{policy_id}，批次 {run_id}）',
  'the close of {runDir}': '{runDir} 的关账记录',
  'To write it again from the warehouse: {RESTORE}.': '由数据仓库重新写出：{RESTORE}。',
  'Put {runDir} back from a backup, then run: {RESTORE}.': '请从备份放回 {runDir}，然后运行：{RESTORE}。',
  'Move {other} back to {runDir}: a closed run keeps its name.': '请把 {other} 移回 {runDir}：已关账批次不改名。',
  'Move {other} out of there: a copy is kept elsewhere.': '请把 {other} 移出：副本应另存他处。',
  'To take it into the warehouse: {RESTORE}.': '载入数据仓库：{RESTORE}。',
  'See settle verify {runDir}, and put back from a backup whichever of the two was changed. Where that is the file, it can also be moved away and written again: {RESTORE}.':
    '请看 settle verify {runDir}，并从备份恢复被改动的一方。如被改的是文件，也可移开后重新写出：{RESTORE}。',
  '{warehouse} holds no close, and {out} has {number}: {said}':
    '{warehouse} 中没有关账记录，而 {out} 中有 {number} 个：{said}',
  one: '1',
  'Where the warehouse was lost: settle rebuild --input DIR makes it again. Where another one is meant: --warehouse FILE. Where it holds the exports that were settled, take the closes of the folder in: {RESTORE}':
    '如数据仓库已丢失，用 settle rebuild --input DIR 重建；如另有一个，用 --warehouse FILE 给出；如其中已有结算过的导出内容，用 {RESTORE} 载入文件夹中的关账记录',
  '{out} has no run folder of the {closes} that {warehouse} holds: {said}':
    '{warehouse} 中有{closes}，而 {out} 中没有它们的批次文件夹：{said}',
  close: '关账记录',
  '{count} closes': ' {count} 个关账记录',
  'Give the folder in which the closed runs are with --out DIR; where it was lost, put it back from a backup. To settle into another folder, use another warehouse: --warehouse FILE.':
    '请用 --out DIR 给出已关账批次所在的文件夹；如已丢失，请从备份恢复。要结算到另一文件夹，请用另一数据仓库：--warehouse FILE。',
  ' (and {count} more)': '（另有 {count} 个）',
  '{said}{more}': '{said}{more}',
  'the chain of closes is broken at {path}: {what}': '关账链在 {path} 处断开：{what}',
  'the close before it is missing': '前一个关账缺失',
  'it does not follow {path}': '它并不接在 {path} 之后',
  'the close that this run restates is missing or changed': '该批次所更正的关账缺失或被改动',
  "it can't be read": '无法读取',
  'Put the run folders and their close.json back from a backup, or write a close.json that is gone from the warehouse: settle close --restore. Never delete or edit a close.':
    '请从备份恢复批次文件夹及其 close.json；或由数据仓库重新写出缺失的 close.json：settle close --restore。切勿删除或修改关账记录。',
  'Give the warehouse with --warehouse FILE. Where it was lost: settle rebuild --input DIR makes it again, with the closes of the folder.':
    '请用 --warehouse FILE 给出数据仓库。如已丢失，settle rebuild --input DIR 可连同文件夹中的关账记录一起重建。',
  '{said}; and the run there is not the one that was closed: {path} is another':
    '{said}；且该处的批次不是已关账的那个：{path} 不同',
  'Put {runDir} back from a backup, with its {CLOSE}. A closed run folder is never changed.':
    '请从备份恢复 {runDir} 及其 {CLOSE}。已关账的批次文件夹从不改动。',
  "{runDir} has no notices.csv, so it isn't known what was told of it": '{runDir} 没有 notices.csv，无从得知有哪些提醒',
  'Run the month again, and close that run.': '请重新结算该月，并对新批次关账。',
  'no row is quarantined': '没有隔离行',
  '--accept-quarantine is of another file': '--accept-quarantine 是另一文件的哈希',
  'Close without --accept-quarantine.': '关账时不要带 --accept-quarantine。',
  'Look at the file, then close with --accept-quarantine {found}':
    '请查看该文件，然后以 --accept-quarantine {found} 关账',
  'See settle verify {runDir}; then run the month again.': '请看 settle verify {runDir}，然后重新结算该月。',
  '{runDir} has no quarantine.csv': '{runDir} 没有 quarantine.csv',
  '{parts} is not accepted{list}': '尚未确认：{parts}{list}',
  '{parts} are not accepted{list}': '尚未确认：{parts}{list}',
  ' Rows alone: close with --accept-quarantine {quarantine}.':
    '只确认隔离行：以 --accept-quarantine {quarantine} 关账。',
  'Fix the exports and run again; or, where all is as it should be, accept it: {how}.{whole}':
    '请更正导出文件后重新结算；如均属实，请确认：{how}。{whole}',
  '1 notice': '1 条提醒',
  '{count} notices': '{count} 条提醒',
  '1 quarantined row': '1 个隔离行',
  '{rows} quarantined rows': '{rows} 个隔离行',
  '--by is not a name': '--by 给出的不是姓名',
  'Give a name in at most {LONGEST_NAME} characters.': '请给出姓名，最多 {LONGEST_NAME} 个字符。',
  'a run and --place were both given': '同时给出了批次和 --place',
  'Accept those of the run and of the place one after the other.': '请分别确认批次的和环境的提醒。',
  'Give a run id that "settle runs" shows, or --place.': '请给出 settle runs 列出的批次号，或 --place。',
  '--all and --only were both given': '同时给出了 --all 和 --only',
  'Give one of them.': '请只给一个。',
  'neither --all nor --only was given': '--all 和 --only 都没有给出',
  'Give --all, or --only CODE or CODE:SUBJECT, which may be repeated.':
    '请给出 --all，或 --only CODE、--only CODE:SUBJECT（可重复）。',
  '{dir} has no notices.csv: it was settled by an older build': '{dir} 没有 notices.csv：它由旧版程序结算',
  'Run the month again, and accept what that run tells.': '请重新结算该月，并确认新批次的提醒。',
  'nothing that is open is called {asked}': '待确认的内容中没有 {asked}',
  none: '无',
  'Nothing is open: everything was accepted before.': '没有待确认的内容：此前已全部确认。',
  'Open: {codes}.': '待确认：{codes}。',
  'Restore it from a copy, or remove it: the warehouse holds what was accepted.':
    '请从副本恢复，或将它删除：数据仓库中存有已确认的内容。',
  '{runDir} does not lie in {out}': '{runDir} 不在 {out} 中',
  'Give with --out the folder in which the run was published; closes make a chain there.':
    '请用 --out 给出发布该批次的文件夹；关账在其中成链。',
  'this run restates a close that is missing: that of run {run_id}': '该批次更正的关账已缺失：批次 {run_id} 的关账',
  'Restore the run folders and their close.json from a copy; a close is never deleted.':
    '请从副本恢复批次文件夹及其 close.json；关账从不删除。',
  ', as revision {revision}': '（第 {revision} 次结算）',
  '{from} to {to} was closed at {closed_at} by {closed_by}{which}, with run {run_id}':
    '{from} 至 {to} 已由 {closed_by} 于 {closed_at} 关账{which}，批次 {run_id}',
  'A period is closed once. For what came later, run the month again: that run adjusts the closed figures, and is closed as the next revision.':
    '一个结算期只关账一次。此后的变动请重新结算该月：新批次给出补付或扣回，并作为下一次结算关账。',
  "the period isn't over: its last day is {to}, and in Beijing it is {today}":
    '结算期尚未结束：末日为 {to}，北京时间今天是 {today}',
  'Close it from {date} on, once the last exports are loaded.': '请在最后的导出文件载入后，自 {date} 起关账。',
  '{run_id} settles up to {as_of}, and the period ends on {to}': '{run_id} 只结算到 {as_of}，而结算期到 {to} 为止',
  'Run the month again without --as-of, and close that run.': '请不带 --as-of 重新结算该月，并对新批次关账。',
  'an audit fails: {audit}': '审计未通过：{audit}',
  'the warehouse settles to another {total}: {now}, not {published}':
    '数据仓库结算出的 {total} 不同：{now}，而不是 {published}',
  'This is a defect of the program or of the warehouse: keep both, close nothing, and report it.':
    '这是程序或数据仓库的缺陷：请保留两者，不要关账，并报告。',
  "{dir}, by which a revision of the period was closed, is gone or changed, so it can't be told through which agencies it was paid":
    '结算期某次关账所用的 {dir} 已不在或被改动，无从得知通过哪些机构付款',
  'Restore the folder from a backup. To see what was changed: settle verify {dir}':
    '请从备份恢复该文件夹。查看改动：settle verify {dir}',
  'the run that {from} to {to} was closed with has no folder any more': '{from} 至 {to} 关账所用批次的文件夹已不在',
  'Restore the run folder from a copy; a closed one is never deleted.': '请从副本恢复批次文件夹；已关账的从不删除。',
  'the close that {run_id} restates, in {closedDir}, is gone or changed':
    '{run_id} 所更正的关账（{closedDir}）已不在或被改动',
  'Restore the folder from a copy; a closed one is never changed. To see what is wrong: settle verify {dir}':
    '请从副本恢复该文件夹；已关账的从不改动。查看问题：settle verify {dir}',
  '{file} is not the policy that {from} to {to} was closed by': '{file} 不是 {from} 至 {to} 关账所用的政策',
  'Put the run folder back from a backup; a closed one is never changed.': '请从备份恢复批次文件夹；已关账的从不改动。',
  'Where it is another programme that is paid besides: give its policy an id of its own':
    '如另有一个项目同时付款：请为它的政策另用一个 id',
  'Where it is another programme that is paid besides: add "programme: {theirs}" to the policy {policy}, settle and close that period again with it':
    '如另有一个项目同时付款：请在政策 {policy} 中加上 programme: {theirs}，并以它重新结算和关账该结算期',
  'Where it is another programme that is paid besides: add "programme: {mine}" to {policy}; the policy that {days} was closed by must name its programme too':
    '如另有一个项目同时付款：请在 {policy} 中加上 programme: {mine}；{days} 关账所用的政策也须写明自己的项目',
  '{days} is closed by {id} of the programme {theirs}, and {other} of the programme {mine} would pay days of it again':
    '{days} 已由项目 {theirs} 的 {id} 关账，而项目 {mine} 的 {other} 会对其中的日期重复付款',
  'Where it is the same programme: add "programme: {theirs}" to {id}, and it adjusts what was closed. {besides}.':
    '如是同一项目：请在 {id} 中加上 programme: {theirs}，它就会在已关账的基础上补付或扣回。{besides}。',
} as const;

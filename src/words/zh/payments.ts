/** Of payments and reviews. */
export const PAYMENTS_ZH = {
  '--review and --accept-quarantine were both given': '同时给出了 --review 和 --accept-quarantine',
  'Whoever closes the run accepts its rows; a review says that the close was looked at.':
    '行由关账人确认；复核只表示看过这次关账。',
  'each batch is there whole or not at all': '每个付款批次要么完整写出，要么没有',
  'See settle payments list; run again for what is in no batch.':
    '请看 settle payments list；尚未进入批次的，重新运行即可。',
  'nothing was reviewed': '未作任何复核',
  '{asked} is not the batch that stands there: that is {id}': '{asked} 不是现有的付款批次：现有的是 {id}',
  'What you looked at is not what is there now. Look at it again: settle payments show, then give the id that it prints.':
    '您看过的与现在的不是同一个。请用 settle payments show 再看，然后给出其打印的批次号。',
  '{asked} is a batch of several programmes': '有多个项目的付款批次都叫 {asked}',
  'there is no batch {asked}': '没有付款批次 {asked}',
  'Give the id of a batch, such as content-live/0001-9f86d081884c7d65. To list them: settle payments list':
    '请给出付款批次号，例如 content-live/0001-9f86d081884c7d65。列出全部：settle payments list',
  '{flag} gives no reason': '{flag} 没有给出原因',
  'Give the reason in words, in at most {LONGEST_REASON} characters.':
    '请用文字写明原因，最多 {LONGEST_REASON} 个字符。',
  '--after-loss was given, and no close is in question': '给出了 --after-loss，但没有存疑的关账',
  'Leave --after-loss out; --note keeps a remark with the batch.': '请去掉 --after-loss；备注可用 --note。',
  'close {close_no} of {programme} ({from} to {to}, revision {revision}, run {run_id}){more} may have been paid already: when the warehouse took it in from the folder, at {found_at}, no batch held it, and one that did may be lost':
    '{programme} 第 {close_no} 号关账（{from} 至 {to}，第 {revision} 次修订，批次 {run_id}）{more}可能已经付过：{found_at} 数据仓库从文件夹读入该关账时，没有付款批次含有它，含有它的批次可能已丢失',
  'Ask the bank. If there was a batch, put the folder _payments back from a backup, then: settle close --restore. If it was never paid, say so: --after-loss REASON. If it was paid and its batch is lost for good, make the batch again by --after-loss with --up-to CLOSE, the last close that it held, and send nothing of it to the bank.':
    '请与银行核对。如曾有付款批次，请从备份恢复 _payments 文件夹，再运行 settle close --restore。如从未付款，请写明：--after-loss 原因。如已付款而批次确已丢失，请用 --after-loss 加 --up-to 关账号（该批次所含的最后一次关账）重新生成批次，且不要再送银行。',
  'there is no close {last}': '没有第 {last} 号关账',
  'Give the number of a close: settle runs shows which runs are closed, and close.json the number.':
    '请给出关账号：settle runs 显示哪些批次已关账，close.json 中有关账号。',
  'Move {path} away and write it again from the warehouse: settle close --restore':
    '请移开 {path}，再由数据仓库重新写出：settle close --restore',
  'the output folder has no batch of it': '输出文件夹中没有其付款批次',
  'the output folder has {batches} of it': '输出文件夹中有其{batches}',
  'Unpaid   {programme}: close {numbers} stands in no batch; {there}. If batches were made since and are lost, put _payments back from a backup, then: settle close --restore. Until then settle payments asks why it is to be paid (--after-loss)':
    '未付款   {programme}：第 {numbers} 号关账不在任何付款批次中；{there}。如此后做过批次而已丢失，请从备份恢复 _payments，再运行 settle close --restore。在此之前，settle payments 会要求写明付款原因（--after-loss）',
  'no period of the programme {only} is closed': '项目 {only} 没有已关账的结算期',
  'Close a period first: settle close RUN': '请先关账：settle close RUN',
  'Programmes with closed periods: {known}.': '有已关账结算期的项目：{known}。',
  'no period is closed, so there is nothing to pay': '没有已关账的结算期，无款可付',
  '{programme}: batch {batch_no}, made at {made_at} by {made_by}':
    '{programme}：第 {batch_no} 批，{made_by} 于 {made_at} 制单',
  'every closed revision{whose} is in a batch already ({last})': '{whose}已关账的款项都已进入付款批次（{last}）',
  ' of {only}': '项目 {only} ',
  'See settle payments list. What comes later is paid once its run is closed.':
    '请看 settle payments list。此后的款项在关账后再付。',
  '{asked} does not say which batch was looked at': '{asked} 没有说明看过的是哪个付款批次',
  'Look at it with settle payments show {asked}, and give the whole id that it prints.':
    '请用 settle payments show {asked} 查看，并给出其打印的完整批次号。',
  '{dir} is not closed, so there is no close to review': '{dir} 尚未关账，无可复核',
  'Close it first: settle close {run} --by NAME': '请先关账：settle close {run} --by 姓名',
  'batch {id}': '付款批次 {id}',
  'close {close_no} (run {run})': '第 {close_no} 号关账（批次 {run}）',
  'Reviewed by {by} at {at}: {name}': '{by} 于 {at} 复核：{name}',
  '{name} was reviewed by {by} at {at} already': '{name} 已由 {by} 于 {at} 复核过',
  'the review of {name} that stands there, by {by}, is not of it': '现有的由 {by} 所作的复核并不是 {name} 的',
  'Once is enough: there is nothing to do.': '复核一次即可，无需再做。',
  'Put it back from a backup, or move {path} away and review again.': '请从备份恢复，或移开 {path} 后重新复核。',
  '{by} made {name}, and nobody reviews their own': '{name} 由 {by} 制单，不得自行复核',
  'Ask another person to look at it and to give their own name with --by.': '请另一人查看，并用 --by 给出自己的姓名。',
  'close {close_no} ({from} to {to}, revision {revision}, run {run_id}) was not reviewed{more}, and settle.yaml says four_eyes':
    '第 {close_no} 号关账（{from} 至 {to}，第 {revision} 次修订，批次 {run_id}）未经复核{more}，而 settle.yaml 要求 four_eyes',
  'Another person than {closed_by} looks at it and says so: settle close {run_id} --review --by NAME':
    '请 {closed_by} 以外的人查看后复核：settle close {run_id} --review --by 姓名',
  'the chain of payments is broken at {path}: {what}': '付款批次链在 {path} 处断开：{what}',
  'Put the folder of payments back from a backup, or write what is gone from the warehouse: settle close --restore. Never delete or edit a batch.':
    '请从备份恢复付款文件夹，或由数据仓库写出缺失的部分：settle close --restore。切勿删除或修改付款批次。',
  'it is batch {batch_no} of {programme}': '这是 {programme} 的第 {batch_no} 批',
  'the batch before it is missing': '前一批缺失',
  'close {close_no} is in a batch before it': '第 {close_no} 号关账已在此前的批次中',
  "it is missing or can't be read": '缺失或无法读取',
  'payments: {path} stands in the warehouse, and is gone from the output folder{more}':
    '付款：{path} 在数据仓库中，而已不在输出文件夹中{more}',
  'payments: {path} stands in the output folder, and not in the warehouse{more}':
    '付款：{path} 在输出文件夹中，而不在数据仓库中{more}',
  'payments: {path} is one thing in the output folder and another in the warehouse{more}':
    '付款：{path} 在输出文件夹与数据仓库中不一致{more}',
  'To write it again from the warehouse: {RESTORE}. If another folder is meant, give it with --out DIR.':
    '由数据仓库重新写出：{RESTORE}。如另有文件夹，请用 --out DIR 给出。',
  'To take it into the warehouse: {RESTORE}. If another warehouse is meant, give it with --warehouse FILE.':
    '载入数据仓库：{RESTORE}。如另有数据仓库，请用 --warehouse FILE 给出。',
  'Put back from a backup whichever of the two was changed. Where that is the file, it can also be moved away and written again: {RESTORE}':
    '请从备份恢复被改动的一方。如被改的是文件，也可移开后重新写出：{RESTORE}',
  'payments: {path} is damaged in the warehouse {file}: it is not what its hash says':
    '付款：{path} 在数据仓库 {file} 中已损坏：与其哈希不符',
  'Put the warehouse back from a backup.': '请从备份恢复数据仓库。',
  "{dir} can't be paid from: {what}": '无法据 {dir} 付款：{what}',
  'Put the folder back from a backup. To see what was changed: settle verify {dir}':
    '请从备份恢复该文件夹。查看改动：settle verify {dir}',
  'the lines of {file} come to {sum} CNY, and {closed} was closed': '{file} 各行合计 {sum} 元，而关账为 {closed} 元',
  'its {file} is not the one that was closed': '其中的 {file} 不是关账时的那份',
  '{id} is not what its closes come to': '{id} 与其关账的金额不符',
  '{path} is not the one that {id} was sealed with': '{path} 不是 {id} 封存时的那份',
  'Put the folder back from a backup. To see what was changed: settle payments verify {id}':
    '请从备份恢复该文件夹。查看改动：settle payments verify {id}',
  '{id} pays close {close_no} (run {run_id}), which is missing or changed':
    '{id} 支付第 {close_no} 号关账（批次 {run_id}），而它已缺失或被改动',
  'Put the closed run folder back from a backup, with its close.json.':
    '请从备份恢复已关账批次的文件夹及其 close.json。',
  'There is no batch yet.': '还没有付款批次。',
  '{batch}: sealed, in its chain, and every sum is right: {payees}':
    '{batch}：已封存，前后衔接，全部金额正确，{payees}',
  '{n} payee': '{n} 个收款方',
  '{n} payees': '{n} 个收款方',
  '{place} was made by somebody else at this moment; nothing was changed': '{place} 刚由他人写出；未作任何改动',
  'See settle payments list. If it is not what you meant, run again.':
    '请看 settle payments list。如非所需，请重新运行。',
};

/** Packets: made, sealed and verified. */
export const PACKETS_ZH = {
  'The rows of all packets hang on the root {root}.': '所有结算包的行都归入根值 {root}。',
  '{path} is not the secret of packets: 64 hexadecimal digits and a line end':
    '{path} 不是结算包的密钥：应为 64 位十六进制数字加换行',
  'Put it back from a backup: settle backup copies it.': '请从备份恢复：settle backup 会一并备份。',
  '{path} is gone: without it no packet can be made that fits the close':
    '{path} 已丢失：没有它就无法生成与关账相符的结算包',
  'Put {SECRET} back from a backup: settle backup copies it. Packets that were given out can still be verified.':
    '请从备份恢复 {SECRET}：settle backup 会一并备份。已发出的结算包仍可核对。',
  'the rows of run {run_id} hang on another root than was closed: {found}':
    '批次 {run_id} 的行得出的根值与关账时不同：{found}',
  'Either {path} is not the secret that the run was closed with: put that back from a backup. Or another release takes runs apart otherwise: make the packets with the one that closed it.':
    '可能 {path} 不是关账时的密钥：请从备份恢复。也可能两个版本的拆分方式不同：请用关账时的版本生成结算包。',
  '{path} is gone, by which the packets of earlier closes were made': '{path} 已丢失，此前关账的结算包由它生成',
  'Put {SECRET} back from a backup. Where it is lost for good, packets of what is closed can no more be made, though those that were given out can be verified; then close with --new-packet-secret.':
    '请从备份恢复 {SECRET}。如确已丢失，已关账的结算包不能再生成（已发出的仍可核对）；此时请用 --new-packet-secret 关账。',
  "it isn't said whose packet": '没有说明要谁的结算包',
  'one packet and others were asked for at once': '同时要求了一个结算包和其他结算包',
  'Give --agency ID, or --anchor ID of an anchor without an agency, or --all.':
    '请给出 --agency 机构ID，或无机构主播的 --anchor 主播ID，或 --all。',
  'there are no packets by the rules {rules}': '规则 {rules} 没有结算包',
  'run {run} has no anchor {anchor} without an agency': '批次 {run} 没有无机构的主播 {anchor}',
  'run {run} has no row of agency {agency}': '批次 {run} 没有机构 {agency} 的行',
  "Give an id as the exports write it. An anchor of an agency is in the agency's packet.":
    '请按导出文件的写法给出 ID。有机构的主播在其机构的结算包中。',
  'Their rows hang on the root {root}. Tell it to their readers by another way than the packet.':
    '各行归入根值 {root}。请用结算包以外的途径把它告知收件人。',
  'Provisional: the run is not closed, and the packet bears no seal.': '暂估：该批次尚未关账，结算包没有封印。',
  'They bear no seal: the run was closed by a release that made none.': '没有封印：关账时的程序版本尚不生成封印。',
  '{path} is no packet that can be read: {what}': '{path} 不是可读的结算包：{what}',
  'Give the file as settle packet wrote it. Ask whoever sent it to send it again, if it was cut or changed on the way.':
    '请给出 settle packet 写出的原文件。如在传送途中被截断或改动，请对方重新发送。',
  'it is larger than a packet can be': '大小超出结算包的可能范围',
  'there is no packet in it': '其中没有结算包',
  'there are two packets in it': '其中有两个结算包',
  'the text of its packet is cut or damaged': '其结算包的文本被截断或损坏',
  '{place} is missing, unknown or of another form': '{place} 缺失、未知或格式不对',
  'this release knows no rules {rules}': '本版本没有规则 {rules}',
  'agency {id}': '机构 {id}',
  'anchor {id}': '主播 {id}',
  '{file}: every amount is right': '{file}：每笔金额都正确',
  'For {whose}, run {run_id}: {due} CNY are due now.': '{whose}，批次 {run_id}：本次应付 {due} 元。',
  "Recomputed from the packet's own rows: {sessions} sessions, {anchors} anchors.":
    '按结算包自身的行重新计算：{sessions} 场，{anchors} 位主播。',
  'Its page, script and all, is the one that this release writes around these rows.':
    '其页面（含脚本）与本版本为这些行写出的一致。',
  'The page was written by {release} and is not compared: trust these lines, not the page.':
    '页面由 {release} 写出，未作比较：请以此处结果为准，不以页面为准。',
  'and {more} more; add --json for all': '另有 {more} 处，加 --json 查看全部',
  'Its rows hang on the root that you gave: {root}': '其各行归入你给出的根值：{root}',
  'Its rows hang on the root that stands in it: {root}. That shows only that the packet agrees with itself. Compare the root with one that you have by another way, or give that with --root or --close.':
    '其各行归入包内的根值：{root}。这只说明结算包自身一致。请与另行获知的根值比较，或用 --root、--close 给出。',
  'Provisional: the run is not closed. The packet bears no seal, and another may say something else.':
    '暂估：该批次尚未关账。结算包没有封印，之后的结算包可能不同。',
  'It bears no seal: the run was closed by a release that made none.': '没有封印：关账时的程序版本尚不生成封印。',
  "What a packet doesn't show: whether every session that took place was exported (compare the control desk's own list), rows of which nobody knows whose they are, and what other agencies' rows do to yours.":
    '结算包看不到的：每一场直播是否都已导出（请与中控自己的清单核对）、不知归属的行，以及其他机构的行对你方的影响。',
  '--close and --root were both given': '同时给出了 --close 和 --root',
  'Give the one that you have by another way than the packet.': '请给出从结算包以外的途径得到的那一个。',
  '--root is not 64 hexadecimal digits': '--root 不是 64 位十六进制数字',
  'Give the root as settle packet printed it.': '请按 settle packet 打印的写法给出根值。',
  '{path} is no close.json that can be read': '{path} 不是可读的 close.json',
  'Give the close.json of the run folder.': '请给出批次文件夹中的 close.json。',
  '{flag} was given without a packet': '给出了 {flag}，但没有给出结算包',
  'Give the file of a packet, as settle packet wrote it.': '请给出 settle packet 写出的结算包文件。',
} as const;

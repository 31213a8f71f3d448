/** Of signatures of closes. */
export const SIGNATURES_ZH = {
  'It is signed with {key}.': '已用 {key} 签名。',
  'there is no key {path}': '没有密钥文件 {path}',
  'Give a private key of OpenSSH with --sign, or the public key of one that ssh-agent holds.':
    '请用 --sign 给出 OpenSSH 私钥文件；私钥在 ssh-agent 中时，给出其公钥文件。',
  '{path} signs in a way that settle verify does not know: {found}': '{path} 的签名方式 settle verify 不认识：{found}',
  'Give a key of another kind: {kinds}.': '请换用其他类型的密钥：{kinds}。',
  'ssh-keygen is not there, by which a close is signed': '未安装 ssh-keygen，而关账由它签名',
  'Install the OpenSSH client, 8.2 or later (openssh-client, openssh). Without it close without --sign, and sign later: settle close RUN --sign KEY.':
    '请安装 OpenSSH 客户端 8.2 或更新版本（openssh-client、openssh）。也可先不带 --sign 关账，之后再签名：settle close RUN --sign KEY。',
  'ssh-keygen signed nothing': 'ssh-keygen 未能签名',
  'ssh-keygen signed nothing: {why}': 'ssh-keygen 未能签名：{why}',
  'Nothing was closed or signed. Give the right key and passphrase, and run again.':
    '没有关账，也没有签名。请给出正确的密钥和口令，再运行一次。',
  '{dir} is not closed, so there is no close to sign': '{dir} 未关账，没有可签名的关账记录',
  'To close and sign it: settle close {run} --by NAME --sign KEY':
    '关账并签名：settle close {run} --by 姓名 --sign 密钥',
  'close {close_no} (run {run}) is signed with {key}': '第 {close_no} 号关账（批次 {run}）已用 {key} 签名',
  'close {close_no} is signed already, with {key}': '第 {close_no} 号关账已用 {key} 签名',
  'Once is enough: there is nothing to do. To sign it with another key, move the signature away first, and sign again.':
    '签一次即可，无需再做。如要改用另一密钥，请先移开原签名，再签名。',
  '{one} was given without --by': '给出了 {one}，但没有给出 --by',
  'To close and sign: settle close RUN --by NAME --sign KEY. To sign what is closed already, give --sign alone.':
    '关账并签名：settle close RUN --by 姓名 --sign 密钥。只为已关账的批次签名时，只给 --sign。',
  '--review and --sign were both given': '同时给出了 --review 和 --sign',
  'Sign the close first, or later: settle close RUN --sign KEY.': '请先签名，或之后再签：settle close RUN --sign KEY。',
  'the close is as it was': '关账记录未变',
  'the signature of {path} does not hold': '{path} 的签名不成立',
  'See settle verify {dir}. Put it back from a backup, or from the warehouse: settle close --restore.':
    '请看 settle verify {dir}。请从备份恢复；或移开后由数据仓库写出：settle close --restore。',
  '{path} is one thing in the output folder and another in the warehouse': '{path} 在输出文件夹与数据仓库中不一致',
  '{path} is damaged in the warehouse {file}: it is not what its hash says':
    '{path} 在数据仓库 {file} 中已损坏：与其哈希不符',
  '{flag} was given without --allowed-signers': '给出了 {flag}，但没有给出 --allowed-signers',
  'Give the list of the keys that you take with --allowed-signers FILE.':
    '请用 --allowed-signers FILE 给出你认可的密钥清单。',
  '{path} is no list of allowed signers': '{path} 不是签名人清单',
  'Give a file with a line for each key: NAME KIND KEY. See ALLOWED SIGNERS in ssh-keygen(1).':
    '请给出每行一个密钥的文件：名称 类型 密钥。见 ssh-keygen(1) 的 ALLOWED SIGNERS。',
  '--verify-time is no time: {text}': '--verify-time 不是时间：{text}',
  'Give it as 2023-12-01 or 2023-12-01 10:00:00, in Beijing.': '请写成 2023-12-01 或 2023-12-01 10:00:00（北京时间）。',
  "The close is signed with {key} ({type}). Whose key that is, it can't say itself: give those that you know with --allowed-signers.":
    '关账已用 {key}（{type}）签名。签名本身不能说明这是谁的密钥：请用 --allowed-signers 给出你认可的密钥。',
  'The close is signed by {signer}, with {key} ({type}).': '关账由 {signer} 签名，密钥 {key}（{type}）。',
  'Its rows hang on the root that was signed: {root}': '其各行归入已签名的根值：{root}',
} as const;

import type { List, ListCode } from '../listing/lists.js';

/** What people are shown of publications and pictures. */

export const PUBLICATION_LIST: List = {
  file: 'publications.csv',
  name: 'publications',
  title: ['Publications', '作品'],
  columns: [
    { name: 'publication_id', head: ['publication', '作品'], kind: 'id' },
    { name: 'account_id', head: ['account', '账号'], kind: 'id' },
    { name: 'kind', head: ['kind', '类型'], kind: 'codes' },
    { name: 'published_at', head: ['published', '发布时间'], kind: 'text' },
    { name: 'stands', head: ['in order', '是否合规'], kind: 'codes' },
    { name: 'fault', head: ['fault', '问题'], kind: 'codes' },
    { name: 'fix', head: ['fix', '处理（英文）'], kind: 'note' },
    { name: 'fix_zh', head: ['fix in Chinese', '处理'], kind: 'note' },
  ],
  subjects: ['publication_id', 'account_id'],
};

export const PICTURE_LIST: List = {
  file: 'pictures.csv',
  name: 'pictures',
  title: ['Pictures', '图片'],
  columns: [
    { name: 'picture', head: ['picture', '图片'], kind: 'text' },
    { name: 'publication_id', head: ['publication', '作品'], kind: 'id' },
    { name: 'picture_use', head: ['use', '用途'], kind: 'codes' },
    { name: 'published_at', head: ['published', '发布时间'], kind: 'text' },
    { name: 'format', head: ['format', '格式'], kind: 'id' },
    { name: 'bytes', head: ['bytes', '字节数'], kind: 'count' },
    { name: 'width', head: ['width', '宽'], kind: 'count' },
    { name: 'height', head: ['height', '高'], kind: 'count' },
    { name: 'edge_pixels', head: ['edge, pixels', '边缘像素数'], kind: 'count' },
    { name: 'edge_off_white', head: ['edge, off white', '边缘非白像素数'], kind: 'count' },
    { name: 'frame_px', head: ['rings of one colour', '同色圈数'], kind: 'count' },
    { name: 'stands', head: ['in order', '是否合规'], kind: 'codes' },
    { name: 'fault', head: ['fault', '问题'], kind: 'codes' },
    { name: 'fix', head: ['fix', '处理（英文）'], kind: 'note' },
    { name: 'fix_zh', head: ['fix in Chinese', '处理'], kind: 'note' },
  ],
  subjects: ['picture', 'publication_id'],
};

/** What may be wrong, and what else stands in columns of codes. */
export const PUBLISHING_CODES: Readonly<Record<string, ListCode>> = {
  video: { words: ['video', '视频'], clause: '' },
  cover: { words: ['cover', '封面'], clause: '' },
  main: { words: ['main picture', '主图'], clause: '' },
  other: { words: ['other picture', '副图'], clause: '' },
  Y: { words: ['in order', '合规'], clause: '' },
  N: { words: ['not in order', '不合规'], clause: '' },
  missing_picture: { words: ['there is no picture', '缺少图片'], clause: 'V1' },
  missing_title: { words: ['there is no title', '缺少标题'], clause: 'V1' },
  missing_content_type: { words: ['there is no content type', '缺少内容类型'], clause: 'V2' },
  not_measured: { words: ['nobody has measured it', '尚未测量'], clause: 'V3' },
  measured_otherwise: { words: ['it was measured by other terms', '按其他参数测量'], clause: 'V3' },
  not_a_file: { words: ['it is no file', '不是文件'], clause: 'V3' },
  empty_file: { words: ['the file is empty', '文件为空'], clause: 'V3' },
  unreadable: { words: ["it can't be decoded", '无法解码'], clause: 'V3' },
  too_many_pixels: { words: ['it has more pixels than are looked at', '像素数超过检查上限'], clause: 'V3' },
  too_large_to_read: { words: ['it is larger than any file that is looked at', '文件超过检查上限'], clause: 'V3' },
  format: { words: ['its content has another format', '内容格式不符'], clause: 'V3' },
  too_heavy: { words: ['the file is too large', '文件过大'], clause: 'V3' },
  too_narrow: { words: ['it is too narrow', '宽度不足'], clause: 'V3' },
  too_low: { words: ['it is too low', '高度不足'], clause: 'V3' },
  ground: { words: ['the ground is not pure white', '背景不是纯白'], clause: 'V4' },
  frame: { words: ['it has a border', '有边框'], clause: 'V5' },
  text: { words: ['there is text on it', '图上有文字'], clause: 'V5' },
  watermark: { words: ['there is a watermark on it', '图上有水印'], clause: 'V5' },
  generated: { words: ['it is generated or composed', '是生成或合成的图片'], clause: 'V6' },
};

import { counted, flagCell, freeText, idCell, type Kind, textCell, time, words } from '../../exports/column-types.js';
import { optional, required } from '../../exports/columns.js';

/** What the exports call what is published, and what a picture is for. */
export const PUBLISHED = { video: '视频', cover: '封面' };
export const USES = { main: '主图', cover: '封面', other: '副图' };

/** Why a picture couldn't be measured. */
export const MEASURE_FAULTS = {
  not_a_file: '不是文件',
  too_large_to_read: '文件过大',
  empty_file: '空文件',
  unreadable: '无法解码',
  too_many_pixels: '像素过多',
};

/** How long a picture's name may be, folders included. */
const NAME = textCell(512);

/** V1, V2: a video or cover that was published. */
const PUBLICATIONS: Kind = {
  name: 'publications',
  meant: /publication|作品|发布/,
  master: false,
  table: 'publication_row',
  key: ['publication_id'],
  columns: [
    required('publication_id', '作品ID', idCell),
    required('account_id', '账号ID', idCell),
    required('kind', '类型', words(PUBLISHED, freeText)),
    required('published_at', '发布时间', time),
    optional('picture', '图片文件', NAME, 'nothing has a picture'),
    optional('title', '标题', textCell(256), 'nothing has a title'),
    optional('content_type', '内容类型', textCell(64), 'nothing has a content type'),
  ],
  checks: [],
};

/** V3 to V6: a picture that was published, with what can't be told from its pixels. */
const PICTURES: Kind = {
  name: 'pictures',
  meant: /picture|图片/,
  master: false,
  table: 'picture_row',
  key: ['picture'],
  columns: [
    required('picture', '图片文件', NAME),
    optional('publication_id', '作品ID', idCell, 'no picture belongs to a publication'),
    required('picture_use', '图片用途', words(USES)),
    required('published_at', '发布时间', time),
    optional('has_text', '含文字', flagCell, 'no picture counts as having text on it', 'false'),
    optional('has_watermark', '含水印', flagCell, 'no picture counts as having a watermark', 'false'),
    optional('generated', '生成或合成', flagCell, 'no picture counts as generated or composed', 'false'),
  ],
  checks: [],
};

/** What settle check pictures has measured of a picture, and by which terms. */
const PICTURE_MEASURES: Kind = {
  name: 'picture_measures',
  meant: /measure|测量/,
  master: false,
  table: 'picture_measure_row',
  key: ['picture'],
  columns: [
    required('picture', '图片文件', NAME),
    optional('sha256', '校验值', idCell, ''),
    optional('bytes', '字节数', counted, ''),
    optional('format', '格式', idCell, ''),
    optional('width', '宽', counted, ''),
    optional('height', '高', counted, ''),
    optional('fault', '问题', words(MEASURE_FAULTS), ''),
    required('tolerance', '容差', counted),
    required('edge_px', '边缘像素', counted),
    required('frame_most_px', '边框像素上限', counted),
    optional('edge_pixels', '边缘像素数', counted, ''),
    optional('edge_off_white', '边缘非白像素数', counted, ''),
    optional('edge_darkest', '边缘最暗值', counted, ''),
    optional('frame_px', '边框像素', counted, ''),
    optional('inside_pixels', '边框内像素数', counted, ''),
    optional('inside_other', '边框内异色像素数', counted, ''),
  ],
  checks: [],
};

/** The exports that the programme reads. */
export const PUBLISHING_EXPORTS: readonly Kind[] = [PUBLICATIONS, PICTURES, PICTURE_MEASURES];

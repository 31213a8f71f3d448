import fc from 'fast-check';

/** Cells at random, around the border of every form that the contract knows, and far beyond. */

const digits = (most: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: most, size: 'max' });
const zeros = fc.nat(40).map((count) => '0'.repeat(count));

const number = fc
  .tuple(fc.constantFrom('', '', '', '-', '+', '.'), zeros, digits(15), fc.constantFrom('', '.'), digits(7), zeros)
  .map(([sign, front, whole, point, fraction, end]) =>
    point === '' ? `${sign}${front}${whole}` : `${sign}${front}${whole}.${fraction}${end}`,
  );

const two = (value: number): string => String(value).padStart(2, '0');
const date = fc
  .tuple(
    fc.constantFrom('1999', '2000', '2023', '2024', '2099', '2100', '023', '20233'),
    fc.constantFrom('-', '-', '/', '/', '.', ''),
    fc.nat(13),
    fc.nat(32),
    fc.constantFrom('-', '/'),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([year, mark, month, day, other, same, short]) => {
    const shown = short ? String : two;
    return `${year}${mark}${shown(month)}${same ? mark : other}${shown(day)}`;
  });

const clock = fc
  .tuple(
    fc.nat(24),
    fc.nat(60),
    fc.option(fc.nat(60)),
    fc.constantFrom('', '', '', '.5', ':', '.0', '.000', '.000000000', '.0000000000', '.'),
    fc.boolean(),
  )
  .map(
    ([hour, minute, second, rest, short]) =>
      `${short ? hour : two(hour)}:${two(minute)}${second === null ? '' : `:${two(second)}`}${rest}`,
  );
const zone = fc.oneof(
  fc.constantFrom(
    '',
    'Z',
    'z',
    ' Z',
    '+8',
    '+0800',
    '+08:00',
    '-23:59',
    '+24:00',
    '+00:60',
    '-00:00',
    'UTC',
    '+08',
    '-2359',
    '+2400',
  ),
  fc
    .tuple(fc.constantFrom('+', '-'), fc.nat(23), fc.nat(59), fc.constantFrom(':', ''))
    .map(([sign, h, m, mark]) => `${sign}${two(h)}${mark}${two(m)}`),
);
const time = fc
  .tuple(date, fc.constantFrom(' ', ' ', 'T', 't', '  ', '\t', ''), clock, zone)
  .map((parts) => parts.join(''));

const id = fc.string({ unit: fc.constantFrom(...'aZ09_.-_.- é文\u0130'), minLength: 1, maxLength: 66, size: 'max' });
const word = fc.constantFrom(
  ...[
    'Y',
    'y',
    'n',
    '是',
    '否',
    'TRUE',
    'False',
    'ｙ',
    'Ｙ',
    'yes',
    '1',
    '0',
    '01',
    '1.0',
    'ı',
    'İ',
    'content',
    '内容型',
  ],
  ...[
    'agency',
    '主播',
    'green',
    'Green',
    '绿码',
    '红码',
    'red',
    'upheld',
    '生效',
    '撤销',
    'recorded',
    '录播',
    '机构聚集',
    'off_value',
    '低俗',
  ],
);
const odd = fc.constantFrom(
  '\u00a0',
  '\u200b',
  '\u0085',
  '\u007f',
  '\u001f',
  '\ufeff',
  '１２',
  '٣',
  '½',
  'NaN',
  'inf',
  '1e3',
);
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 130, size: 'max' }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.nat(130).map((length) => '😀'.repeat(length)),
  fc.nat(130).map((length) => '文'.repeat(length)),
);

const sound = fc.oneof(number, date, time, id, word, odd, text);

/** A cell with something before, in or after it that should not be there. */
const spoilt = fc
  .tuple(sound, odd, fc.nat(10))
  .map(([cell, extra, at]) => `${cell.slice(0, at)}${extra}${cell.slice(at)}`);

/** Never blank or `\\N`, and trimmed as a cell is; what UTF-8 can't hold (half a surrogate pair, NUL) can't be in a file. */
export const cell = fc
  .oneof({ arbitrary: sound, weight: 5 }, { arbitrary: spoilt, weight: 1 })
  .map((made) =>
    Buffer.from(made)
      .toString()
      .replaceAll('\u0000', '')
      .replace(/^[ \t]+|[ \t]+$/g, ''),
  )
  .filter((made) => made !== '' && made !== '\\N');

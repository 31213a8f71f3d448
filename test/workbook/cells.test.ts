import { describe, expect, test } from 'vitest';
import { decimalText, numberIn } from '../../src/load/workbook/cells/numbers.js';
import { textsOf } from './read.js';

/** A cell's value is what a CSV of it would have to say (contract, "Workbooks"). */

/** Before a cell that is a fault in whatever column it stands; it is never shown. */
const FAULT = '\u0001\u0002';

describe('a number', () => {
  test.each([
    ['2.9499999999999998E-2', '0.0295'],
    ['37.050000000000004', '37.05'],
    ['0.1', '0.1'],
    ['3.0', '3'],
    ['1E3', '1000'],
    ['1e-7', '0.0000001'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-2.5', '-2.5'],
    ['-0', '0'],
    ['0', '0'],
    ['+7', '7'],
    ['12345678901234.5', '12345678901234.5'],
    ['123456789012.345678', '123456789012.346'],
    ['999999999999999', '999999999999999'],
    ['1000000000000000', '1000000000000000'],
    ['1.234567890123457E+18', '1234567890123460000'],
    ['1E+20', '100000000000000000000'],
    ['999999.9999999999', '1000000'], // 16 digits
    ['0.30000000000000004', '0.3'],
    ['0.000123456789012345678', '0.000123456789012346'],
  ])('%s is %s', (written, text) => {
    expect(decimalText(numberIn(written) as number)).toBe(text);
  });

  test.each(['', 'abc', 'NaN', 'INF', 'Infinity', '0x10', '1,000', '1 000', '1e', '--1', '1e999'])(
    '%s is none',
    (written) => {
      expect(numberIn(written)).toBeUndefined();
    },
  );

  test('of six places is the one meant, whatever digits of a binary float are written', () => {
    for (let at = 0; at < 200_000; at += 1) {
      const meant = ((at * 7_919) % 1_000_000_000) + 1;
      const text = `${Math.floor(meant / 1e6)}.${String(meant % 1e6).padStart(6, '0')}`;
      const written = Number(text).toPrecision(17);
      const plain = text.replace(/\.?0+$/, '');
      if (decimalText(Number(written)) !== plain)
        expect([written, decimalText(Number(written))]).toEqual([written, plain]);
    }
  });

  test('in columns of numbers and texts, whatever its format', async () => {
    const found = await textsOf(
      {
        quality_level: '<c><v>3</v></c>',
        track: '<c s="1"><v>45231.5</v></c>',
        rec_dwell_minutes: '<c s="1"><v>37.050000000000004</v></c>',
        unit_price: '<c t="n"><v> 2.9499999999999998E-2 </v></c>',
        suspended: '<c><v>1</v></c>',
        effective_seconds: '<c><v>NaN</v></c>',
      },
      { styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>' },
    );
    expect(found).toEqual({
      quality_level: '3',
      track: '45231.5',
      rec_dwell_minutes: '37.05',
      unit_price: '0.0295',
      suspended: '1',
      effective_seconds: `${FAULT}NaN`,
    });
  });

  test.each([
    ['12345', '12345'],
    ['999999999999999', '999999999999999'],
    ['12345.0000000000001', '12345'],
    ['1000000000000000', `${FAULT}1000000000000000`],
    ['999999999999999.9', `${FAULT}1000000000000000`],
    ['1.234567890123457E+18', `${FAULT}1234567890123460000`],
    ['12.5', `${FAULT}12.5`],
    ['-5', '-5'],
  ])('%s in a column of ids is one where it is whole and has at most 15 digits', async (written, text) => {
    expect(await textsOf({ session_id: `<c><v>${written}</v></c>` })).toEqual({ session_id: text });
  });
});

describe('a text', () => {
  const strings =
    '<si><t>文化</t></si><si><r><t>新</t></r><r><rPr><b/></rPr><t xml:space="preserve">闻 </t></r><rPh sb="0" eb="1"><t>シン</t></rPh><phoneticPr fontId="1"/></si><si/><si><t/></si>';
  test.each([
    ['<c t="s"><v>0</v></c>', '文化'],
    ['<c t="s"><v>1</v></c>', '新闻 '],
    ['<c t="s"><v>2</v></c>', ''],
    ['<c t="s"><v>3</v></c>', ''],
    ['<c t="s"/>', ''],
    ['<c t="s" s="5"><v></v></c>', ''],
    ['<c t="inlineStr"><is><t>文化</t></is></c>', '文化'],
    ['<c t="inlineStr"><is><r><t>文</t></r><r><t>化</t></r><rPh><t>ぶん</t></rPh></is></c>', '文化'],
    ['<c><is><t>文化</t></is></c>', '文化'],
    ['<c t="inlineStr"><v>文化</v></c>', '文化'],
    ['<c t="str"><f>A1&amp;B1</f><v>文化</v></c>', '文化'],
    ['<c t="str"><f>A1</f><v></v></c>', ''],
    ['<c t="inlineStr"><is><t><![CDATA[a<b]]>&amp;c<!-- no -->d</t></is></c>', 'a<b&cd'],
    ['<c t="inlineStr"><is><t>一_x000D__x000A_二</t></is></c>', '一\r\n二'],
    ['<c t="inlineStr"><is><t>_x005F_x0041_</t></is></c>', '_x0041_'],
    ['<c t="str"><v>_xD83D__xDE00_ _x00g0_ _x41_</v></c>', '😀 _x00g0_ _x41_'],
    ['<c t="inlineStr"><is><t>_x0001__x0002_</t></is></c>', `${FAULT}${FAULT}`],
    ['<c t="inlineStr"><is><t>&#25991;化</t></is></c>', '文化'],
  ])('%s', async (cell, text) => {
    const found = await textsOf({ track: cell, note: '<c><v>1</v></c>' }, { strings });
    expect(found.track).toBe(text);
  });

  test('of an id keeps all its digits', async () => {
    expect(await textsOf({ session_id: '<c t="str"><v>7289000000000000123</v></c>' })).toEqual({
      session_id: '7289000000000000123',
    });
  });
});

describe('other cells', () => {
  test.each([
    ['<c t="b"><v>1</v></c>', 'TRUE'],
    ['<c t="b"><v>0</v></c>', 'FALSE'],
    ['<c t="b"><v>true</v></c>', 'TRUE'],
    ['<c t="b"><f>A1=1</f><v>0</v></c>', 'FALSE'],
    ['<c t="b"/>', ''],
    ['<c t="e"><v>#N/A</v></c>', `${FAULT}#N/A`],
    ['<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', `${FAULT}#DIV/0!`],
    ['<c><f>SUM(A1:A2)</f><v>3</v></c>', '3'],
    ['<c><f t="shared" ref="A2:A9" si="0">A1+1</f><v>4</v></c>', '4'],
    ['<c><f t="shared" si="0"/><v>5</v></c>', '5'],
    ['<c><f t="array" ref="A2">SUM(A1)</f><v>6</v></c>', '6'],
    ['<c><f>SUM(A1:A2)</f></c>', `${FAULT}=SUM(A1:A2)`],
    ['<c><f>SUM(A1:A2)</f><v></v></c>', `${FAULT}=SUM(A1:A2)`],
    ['<c><f>SUM(A1:A2)</f><v/></c>', `${FAULT}=SUM(A1:A2)`],
    ['<c><f t="shared" si="0"/></c>', `${FAULT}=`],
    ['<c t="str"><f>A1&amp;"x"</f></c>', `${FAULT}=A1&"x"`],
    ['<c t="b"><f>A1</f></c>', `${FAULT}=A1`],
    ['<c t="e"><f>A1</f></c>', `${FAULT}=A1`],
    ['<c t="s"><f>A1</f></c>', `${FAULT}=A1`],
    ['<c s="7"/>', ''],
    ['<c t="n"><v>  </v></c>', ''],
  ])('%s', async (cell, text) => {
    const found = await textsOf({ suspended: cell, track: cell, note: '<c><v>1</v></c>' });
    expect(found).toMatchObject({ suspended: text, track: text });
  });
});

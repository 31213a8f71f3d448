import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { SettleError } from '../core/errors.js';
import { BATCH, batchesOf, type FoundBatch, folderName, idOf, paidProgrammes } from '../payments/batch.js';
import { say } from '../words/say.js';

/** Every batch below an output folder, programme by programme. */
export function allBatches(out: string): FoundBatch[] {
  return paidProgrammes(out).flatMap((programme) => batchesOf(out, programme));
}

/** A batch as somebody names it: by its id, whole or without the programme, by its number alone, or by its folder. */
export function batchNamed(out: string, asked: string): FoundBatch {
  const all = allBatches(out);
  const found = all.filter((each) => namesOf(each).includes(asked));
  const byFolder = existsSync(`${asked}/${BATCH}`) ? all.filter(({ dir }) => dir === resolve(asked)) : [];
  const [only, ...more] = found.length > 0 ? found : byFolder;
  if (only !== undefined && more.length === 0) return only;
  const stale = /^(.*?)(?:-[0-9a-f]{16})$/.exec(asked)?.[1];
  const other = all.filter((each) => stale !== undefined && namesOf(each).includes(stale));
  if (other.length === 1)
    throw new SettleError(
      'differs',
      say('{asked} is not the batch that stands there: that is {id}', { asked, id: idOf(other[0] as FoundBatch) }),
      {
        mend: say(
          'What you looked at is not what is there now. Look at it again: settle payments show, then give the id that it prints.',
        ),
      },
    );
  throw new SettleError(
    'usage',
    more.length > 0
      ? say('{asked} is a batch of several programmes', { asked })
      : say('there is no batch {asked}', { asked }),
    {
      mend: say(
        'Give the id of a batch, such as content-live/0001-9f86d081884c7d65. To list them: settle payments list',
      ),
    },
  );
}

function namesOf(found: FoundBatch): string[] {
  const { programme, batch_no } = found.batch;
  const [id, folder] = [idOf(found), folderName(batch_no)];
  return [
    id,
    id.slice(programme.length + 1),
    `${programme}/${folder}`,
    folder,
    `${programme}/${batch_no}`,
    String(batch_no),
  ];
}

/** Whether somebody who names a batch so says which one they have looked at: by its hash. */
export function isWholeId(found: FoundBatch, asked: string): boolean {
  const id = idOf(found);
  return asked === id || asked === id.slice(found.batch.programme.length + 1);
}

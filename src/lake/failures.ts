import { SettleError } from '../core/errors.js';
import { say } from '../words/say.js';

/** A folder that is no lake of exports; `holds` is what lies in it instead. */
export function noLake(folder: string, holds?: string): SettleError {
  const what =
    holds === undefined
      ? say('the folder {folder} is no lake that exports were loaded into', { folder })
      : say('the folder {folder} is no lake of exports, and holds {holds}', { folder, holds });
  return new SettleError('usage', what, {
    file: folder,
    mend:
      holds === undefined
        ? say('Load exports into it first: settle load --lake {folder} DIR', { folder })
        : say('Give an empty folder, or one that does not exist yet, with --lake.'),
  });
}

export function otherFormat(folder: string, format: string, ours: string): SettleError {
  return new SettleError(
    'warehouse',
    say('{folder} is a lake of format {format}, and this version of the program knows format {ours}', {
      folder,
      format,
      ours,
    }),
    {
      file: folder,
      mend: say(
        'Use the version of the program that wrote it, or load the exports into another folder. Nothing was changed.',
      ),
    },
  );
}

/** What a lake has said is there isn't, or is another. */
export function damagedLake(folder: string, path: string): SettleError {
  return new SettleError(
    'warehouse',
    say('the lake {folder} is damaged: {path} is missing or is not what was written', { folder, path }),
    {
      file: path,
      mend: say('Restore it from a backup, or load the exports into another folder and settle from there.'),
    },
  );
}

/** Another load is under way that this one can't take part in. */
export function lakeHeld(folder: string, exports: string): SettleError {
  return new SettleError(
    'held',
    say('exports of {exports} are being loaded into the lake {folder} by another run', { exports, folder }),
    { file: folder, mend: say('Run again when it has ended, or wait for it with --wait SECONDS.') },
  );
}

/** A warehouse that holds something else than the lake. */
export function otherWarehouse(warehouse: string, folder: string, load: number): SettleError {
  return new SettleError(
    'usage',
    say("the warehouse {warehouse} doesn't come from the lake {folder}: load {load} is another there", {
      warehouse,
      folder,
      load,
    }),
    {
      file: warehouse,
      mend: say(
        'A warehouse takes exports from one lake alone, or from folders alone. Give another one with --warehouse, and an --out of its own.',
      ),
    },
  );
}

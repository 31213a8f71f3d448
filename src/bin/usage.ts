import type { CommanderError } from 'commander';
import { inLanguage, saidBy, type Wording } from '../words/said.js';
import { say } from '../words/say.js';

/** What commander says of a wrong use; in English as it says it, without `error:` in front, in other languages by its codes. */
export function commanderWords({ code, message }: CommanderError): Wording {
  const english = message.replace(/^error: /, '');
  const words = wordsOf(code, english);
  return saidBy((language) => (language === 'en' ? english : inLanguage(words, language)));
}

function wordsOf(code: string, english: string): Wording {
  const [, name = ''] = /'([^']*)'/.exec(english) ?? [];
  const [, near] = /\(Did you mean (?:one of )?(.+)\?\)$/.exec(english) ?? [];
  const hint = near === undefined ? '' : say(' (did you mean {near}?)', { near });
  switch (code) {
    case 'commander.unknownOption':
      return say("unknown option '{name}'{hint}", { name, hint });
    case 'commander.unknownCommand':
      return say("unknown command '{name}'{hint}", { name, hint });
    case 'commander.missingArgument':
      return say("missing required argument '{name}'", { name });
    case 'commander.optionMissingArgument':
      return say("option '{name}' argument missing", { name });
    case 'commander.excessArguments': {
      const [expected = '', got = ''] = english.match(/\d+(?= argument)|(?<=but got )\d+/g) ?? [];
      return say('{expected} arguments are taken, and {got} were given', { expected, got });
    }
    default:
      return english;
  }
}

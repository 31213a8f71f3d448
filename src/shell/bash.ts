import { type CommandShape, commandsBelow, type FlagShape, type ValueShape } from './shape.js';

/** A completion for bash 3.2 or later. Words come one a line, so that names with spaces and marks stay whole. */
export function bashCompletion(program: CommandShape): string {
  const below = commandsBelow(program);
  const all = [{ words: '', command: program }, ...below];
  return `# Completion of settle for bash: source <(settle completion bash)
_settle() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path='' i
  COMPREPLY=()
  # A value behind = comes as a word of its own.
  if [[ $cur == '=' ]]; then cur=''
  elif [[ $prev == '=' ]]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path/\${COMP_WORDS[i]}" in
${below.map(({ words }) => `      ${quoted(caseOf(words))}) path=${quoted(words)} ;;`).join('\n')}
    esac
  done
  case "$path/$prev" in
${all.flatMap(({ words, command }) => command.flags.flatMap((flag) => valueCase(words, flag))).join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case "$path" in
${all.map(({ words, command }) => `      ${quoted(words)}) ${offer(command.flags.flatMap(namesOf))} ;;`).join('\n')}
    esac
    return
  fi
  case "$path" in
${all.map(({ words, command }) => `    ${quoted(words)}) ${argumentsOf(command)} ;;`).join('\n')}
  esac
}
_settle_take() {
  local word
  while IFS= read -r word; do COMPREPLY+=("$word"); done
}
_settle_paths() {
  compopt -o filenames 2> /dev/null
  _settle_take < <(compgen "$1" -- "$cur")
}
complete -F _settle settle
`;
}

/** The last word of a command behind those before it. */
function caseOf(words: string): string {
  const at = words.lastIndexOf(' ');
  return at < 0 ? `/${words}` : `${words.slice(0, at)}/${words.slice(at + 1)}`;
}

function namesOf({ long, short }: FlagShape): string[] {
  return short === undefined ? [long] : [long, short];
}

function valueCase(words: string, { long, value }: FlagShape): string[] {
  return value === undefined ? [] : [`    ${quoted(`${words}/${long}`)}) ${taken(value)}; return ;;`];
}

function taken({ kind, words }: ValueShape): string {
  if (kind === 'words') return offer(words);
  if (kind === 'text') return ':';
  return `_settle_paths ${kind === 'folder' ? '-d' : '-f'}`;
}

function argumentsOf({ commands, arguments: all, flags }: CommandShape): string {
  if (commands.length > 0) return offer(commands.map(({ name }) => name));
  const [first] = all;
  return first === undefined ? offer(flags.flatMap(namesOf)) : taken(first.value);
}

function offer(words: readonly string[]): string {
  return `_settle_take < <(compgen -W ${quoted(words.join(' '))} -- "$cur")`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

import type { ArgumentShape, CommandShape, FlagShape, ValueShape } from './shape.js';

/** A completion for zsh, for a file _settle in a folder of fpath or to be evaluated. */
export function zshCompletion(program: CommandShape): string {
  return `#compdef settle
# Completion of settle for zsh: settle completion zsh > "\${fpath[1]}/_settle"
${functionOf('_settle', program)}
if [[ $funcstack[1] == _settle ]]; then _settle "$@"; else compdef _settle settle; fi
`;
}

/** A function per command, those of its own commands behind it. */
function functionOf(name: string, { flags, arguments: all, commands }: CommandShape): string {
  const specs = flags.map(flagSpec);
  if (commands.length === 0) {
    const lines = [...specs, ...all.map(argumentSpec)].map((spec) => `    ${spec}`);
    return `${name}() {\n  _arguments -s \\\n${lines.join(' \\\n')}\n}`;
  }
  const described = commands.map((each) => `    ${quoted(`${marked(each.name)}:${each.description}`)}`).join('\n');
  const cases = commands.map((each) => `        ${each.name}) ${name}_${idOf(each.name)} ;;`).join('\n');
  return `${commands.map((each) => functionOf(`${name}_${idOf(each.name)}`, each)).join('\n')}
${name}() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${described}
  )
  _arguments -C -s \\
${specs.map((spec) => `    ${spec} \\`).join('\n')}
    '1: :->command' \\
    '*:: :->rest'
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $words[1] in
${cases}
      esac ;;
  esac
}`;
}

function idOf(name: string): string {
  return name.replaceAll('-', '_');
}

function flagSpec({ long, value, description }: FlagShape): string {
  const takes = value === undefined ? '' : `:${marked(value.name)}:${actionOf(value)}`;
  return quoted(`${value === undefined ? long : `${long}=`}[${marked(description)}]${takes}`);
}

function argumentSpec({ shown, value }: ArgumentShape): string {
  const many = shown.includes('...') ? '*' : '';
  return quoted(`${many}:${shown.startsWith('[') ? ':' : ''}${marked(value.name)}:${actionOf(value)}`);
}

function actionOf({ kind, words }: ValueShape): string {
  if (kind === 'words') return `(${words.join(' ')})`;
  if (kind === 'text') return ' ';
  return kind === 'folder' ? '_files -/' : '_files';
}

/** What stands between brackets or colons of a spec. */
function marked(text: string): string {
  return text.replace(/[\\[\]:]/g, (mark) => `\\${mark}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

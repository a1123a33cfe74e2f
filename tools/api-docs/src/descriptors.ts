// The contents of proto/, as buf returns them: messages, enums and their leading comments.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

interface Field {
  readonly name: string;
  readonly jsonName: string;
  readonly type: string;
  readonly label: string;
  readonly typeName?: string;
  readonly oneofIndex?: number;
}

interface ProtoMessage {
  readonly name: string;
  readonly field?: readonly Field[];
  readonly nestedType?: readonly ProtoMessage[];
}

interface ProtoEnum {
  readonly name: string;
  readonly value: readonly { readonly name: string }[];
}

interface ProtoFile {
  readonly name: string;
  readonly package: string;
  readonly messageType?: readonly ProtoMessage[];
  readonly enumType?: readonly ProtoEnum[];
  readonly sourceCodeInfo?: { readonly location: readonly { readonly path?: readonly number[]; readonly leadingComments?: string }[] };
}

/** One message or enum of the contracts, by its full name (`.hengji.exam.v1.Plan`). */
export type Definition =
  | { readonly kind: 'message'; readonly name: string; readonly comment: string; readonly fields: readonly Field[] }
  | { readonly kind: 'enum'; readonly name: string; readonly comment: string; readonly values: readonly string[] };

/** Field numbers of FileDescriptorProto that lead to top-level messages and enums in a comment's path. */
const MESSAGE_PATH = 4;
const ENUM_PATH = 5;

const commentOf = (file: ProtoFile, kind: number, index: number): string => {
  const found = file.sourceCodeInfo?.location.find(({ path }) => path?.length === 2 && path[0] === kind && path[1] === index);
  return (found?.leadingComments ?? '').trim().replace(/\s*\n\s*/g, ' ');
};

const messagesOf = (prefix: string, message: ProtoMessage, comment: string): Definition[] => {
  const name = `${prefix}.${message.name}`;
  const nested = (message.nestedType ?? []).flatMap((inner) => messagesOf(name, inner, ''));
  return [{ kind: 'message', name, comment, fields: message.field ?? [] }, ...nested];
};

/** Reads every definition under proto/ with its comment, through `buf build`. */
export const readDefinitions = (root: string): ReadonlyMap<string, Definition> => {
  const image = execFileSync(join(root, 'node_modules/.bin/buf'), ['build', '-o', '-#format=json'], { cwd: root, maxBuffer: 1 << 26 });
  const files = (JSON.parse(image.toString('utf8')) as { file: ProtoFile[] }).file.filter((file) => file.package.startsWith('hengji.'));
  const definitions = files.flatMap((file) => [
    ...(file.messageType ?? []).flatMap((message, i) => messagesOf(`.${file.package}`, message, commentOf(file, MESSAGE_PATH, i))),
    ...(file.enumType ?? []).map((one, i): Definition => {
      const values = one.value.map((value) => value.name);
      return { kind: 'enum', name: `.${file.package}.${one.name}`, comment: commentOf(file, ENUM_PATH, i), values };
    }),
  ]);
  return new Map(definitions.map((definition) => [definition.name, definition]));
};

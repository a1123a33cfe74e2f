// The structure of the contracts' messages, read from proto/ with its comments. The schemas of JSON answers are built from
// it.

/** buf's description of the contracts (a FileDescriptorSet as JSON), limited to the parts used here. */
export interface Image {
  readonly file: readonly File[];
}

interface File {
  readonly package: string;
  readonly messageType?: readonly Message[];
  readonly enumType?: readonly Enum[];
  readonly sourceCodeInfo?: { readonly location?: readonly { readonly path?: readonly number[]; readonly leadingComments?: string }[] };
}

export interface Message {
  readonly name: string;
  readonly field?: readonly Field[];
  readonly nestedType?: readonly Message[];
  readonly oneofDecl?: readonly { readonly name: string }[];
}

interface Field {
  readonly name: string;
  readonly jsonName: string;
  readonly number: number;
  readonly type: string;
  readonly typeName: string;
  readonly label: string;
  readonly proto3Optional?: boolean;
  readonly oneofIndex?: number;
}

interface Enum {
  readonly name: string;
  readonly value: readonly { readonly name: string }[];
}

const SCALARS: Readonly<Record<string, string>> = {
  TYPE_STRING: 'string',
  TYPE_BOOL: 'bool',
  TYPE_BYTES: 'bytes',
  TYPE_INT32: 'integer',
  TYPE_UINT32: 'count',
  TYPE_INT64: 'integer',
  TYPE_UINT64: 'count',
};
const TIME = '.google.protobuf.Timestamp';

/** Field numbers of FileDescriptorProto, DescriptorProto and EnumDescriptorProto that make up a comment's path. */
const MESSAGES = 4;
const ENUMS = 5;
const FIELDS = 2;
const NESTED = 3;

const plain = (comment = '') => comment.trim().replace(/\s*\n\s*/g, ' ');

/** The leading comments, by path. */
const commentsOf = (file: File): Map<string, string> =>
  new Map((file.sourceCodeInfo?.location ?? []).map(({ path = [], leadingComments }) => [path.join('.'), plain(leadingComments)]));

const fieldOf = (field: Field, { oneofDecl = [] }: Message, about: string | undefined) => {
  const type =
    field.typeName === TIME
      ? 'time'
      : field.type === 'TYPE_MESSAGE'
        ? 'message'
        : field.type === 'TYPE_ENUM'
          ? 'enum'
          : SCALARS[field.type];
  if (type === undefined) throw new Error(`field ${field.name} is of ${field.type}, which has no JSON form yet`);
  return {
    name: field.jsonName,
    type,
    ...(type === 'message' || type === 'enum' ? { of: field.typeName.slice(1) } : {}),
    ...(field.label === 'LABEL_REPEATED' ? { list: true } : {}),
    ...(field.proto3Optional ? { optional: true } : {}),
    ...(field.oneofIndex !== undefined && !field.proto3Optional ? { oneof: oneofDecl[field.oneofIndex]?.name } : {}),
    ...(about ? { about } : {}),
  };
};

/** Names of enum values as ts-proto and `stripEnumPrefixes` write them: without the enum's name as a prefix. */
const wordsOf = ({ name, value }: Enum) => {
  const prefix = `${name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_').toUpperCase()}_`;
  return value.map((one) => (one.name.startsWith(prefix) ? one.name.slice(prefix.length) : one.name));
};

/** Every message and enum of the image, by full name. */
const messageShapes = ({ file }: Image) => {
  const messages: Record<string, object> = {};
  const enums: Record<string, object> = {};
  for (const one of file.filter((each) => each.package.startsWith('hengji.'))) {
    const comments = commentsOf(one);
    const visit = (prefix: string, message: Message, path: readonly number[]): void => {
      const name = `${prefix}.${message.name}`;
      messages[name] = {
        about: comments.get(path.join('.')) ?? '',
        fields: (message.field ?? []).map((field, i) => fieldOf(field, message, comments.get([...path, FIELDS, i].join('.')))),
      };
      (message.nestedType ?? []).forEach((inner, i) => visit(name, inner, [...path, NESTED, i]));
    };
    (one.messageType ?? []).forEach((message, i) => visit(one.package, message, [MESSAGES, i]));
    (one.enumType ?? []).forEach((each, i) => {
      enums[`${one.package}.${each.name}`] = { about: comments.get(`${ENUMS}.${i}`) ?? '', words: wordsOf(each) };
    });
  }
  return { messages, enums };
};

const TYPES = `export interface FieldShape {
  readonly name: string;
  /** count: never negative. time: RFC 3339. bytes: lower-case hex. */
  readonly type: 'string' | 'bool' | 'bytes' | 'integer' | 'count' | 'time' | 'enum' | 'message';
  /** Full name of the enum or message. */
  readonly of?: string;
  readonly list?: true;
  readonly optional?: true;
  /** The union of which it is one case. */
  readonly oneof?: string;
  readonly about?: string;
}
export interface MessageShape {
  readonly about: string;
  readonly fields: readonly FieldShape[];
}
export interface EnumShape {
  readonly about: string;
  readonly words: readonly [string, ...string[]];
}
`;

/** The generated module that holds the shapes. */
export const shapesModule = (image: Image): string => {
  const { messages, enums } = messageShapes(image);
  const table = (name: string, type: string, rows: object) =>
    `export const ${name}: Readonly<Record<string, ${type}>> = ${JSON.stringify(rows, undefined, 1)};\n`;
  return `${TYPES}${table('MESSAGE_SHAPES', 'MessageShape', messages)}${table('ENUM_SHAPES', 'EnumShape', enums)}`;
};

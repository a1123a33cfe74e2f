// The answer of a route, defined once: the schema of the JSON (for the OpenAPI document, the console's client and the tests) and the type
// that the handler must return. Schemas of contract messages are built from proto/ (message-shapes, generated); no message is described a
// second time. Their JSON is what `toJson` writes.
import { ENUM_SHAPES, MESSAGE_SHAPES, type FieldShape } from '@hengji/contracts/message-shapes';
import { ListOrderNumbersResponse_NamedOrder as NamedOrder } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { InstitutionPlace, ListTotal } from '@hengji/contracts/meta/v1/list';
import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';

// Must run before any schema is made: each schema gets its `openapi` method when the schema is made.
extendZodWithOpenApi(z);

export interface Answer<T = unknown> {
  readonly schema: z.ZodType | undefined;
  readonly mediaType: string;
  readonly about: string;
  /** Only a type: what the handler returns; absent where the handler writes the response itself. */
  readonly gives?: T;
}

/** A generated codec, which has the full name of its message. */
interface Codec<M> {
  readonly $type: string;
  fromPartial(empty: Record<never, never>): M;
}

export interface CountedList<M> {
  readonly items: M[];
  readonly next: string;
  readonly total: ListTotal | undefined;
  readonly institutions: InstitutionPlace[];
  /** Document numbers of the orders that the rows name by id; numbers that cannot be read now are left out. */
  readonly orders: NamedOrder[];
}

/** The institutions that the answers of several services name, each once. */
export const placesOf = (answers: readonly { readonly institutions: readonly InstitutionPlace[] }[]): InstitutionPlace[] => [
  ...new Map(answers.flatMap(({ institutions }) => institutions).map((place) => [place.code, place])).values(),
];

const JSON_TYPE = 'application/json';

/** `hengji.exam.v1.Plan` → `Plan`; a nested message keeps the name of the outer message. */
const shortName = (fullName: string): string => fullName.replace(/^hengji\.\w+\.v\d+\./, '').replaceAll('.', '_');

const made = new Map<string, z.ZodType>();
const namedBy = new Map<string, string>();

/** The component under its short name. Two messages with the same short name would overwrite each other in the document. */
const component = (fullName: string, make: () => z.ZodType): z.ZodType => {
  const before = made.get(fullName);
  if (before !== undefined) return before;
  const name = shortName(fullName);
  const taken = namedBy.get(name);
  if (taken !== undefined) throw new Error(`${taken} and ${fullName} are both called ${name} in the document`);
  namedBy.set(name, fullName);
  const schema = make().openapi(name);
  made.set(fullName, schema);
  return schema;
};

const ofEnum = (fullName: string): z.ZodType =>
  component(fullName, () => {
    const shape = ENUM_SHAPES[fullName];
    if (shape === undefined) throw new Error(`${fullName} is no enum of proto/`);
    return z.enum(shape.words).openapi({ description: shape.about });
  });

const SCALARS = {
  string: () => z.string(),
  bool: () => z.boolean(),
  integer: () => z.int(),
  count: () => z.int().min(0),
  bytes: () => z.string().regex(/^([0-9a-f]{2})*$/),
  time: () => z.iso.datetime(),
} as const;

const ofField = ({ type, of = '' }: FieldShape): z.ZodType => {
  if (type === 'message') return ofMessage(of);
  return type === 'enum' ? ofEnum(of) : SCALARS[type]();
};

/** Scalars are always present; a message, a time and an `optional` field are present only when set. */
const property = (field: FieldShape): z.ZodType => {
  const one = ofField(field);
  if (field.list === true) return field.about === undefined ? z.array(one) : z.array(one).openapi({ description: field.about });
  const isSometimes = field.optional === true || field.type === 'message' || field.type === 'time';
  // A reference to a component has no description of its own.
  const said = field.about === undefined || field.of !== undefined ? one : one.openapi({ description: field.about });
  return isSometimes ? said.optional() : said;
};

/** A union (`oneof`): the case and its value. */
const union = (cases: readonly FieldShape[]): z.ZodType => {
  const of = (field: FieldShape) => z.object({ $case: z.literal(field.name), value: ofField(field) });
  const [first, ...rest] = cases.map(of);
  return first === undefined ? z.never() : z.discriminatedUnion('$case', [first, ...rest]).optional();
};

const ofMessage = (fullName: string): z.ZodType =>
  component(fullName, () => {
    const shape = MESSAGE_SHAPES[fullName];
    if (shape === undefined) throw new Error(`${fullName} is no message of proto/`);
    const unions = new Set(shape.fields.flatMap(({ oneof }) => (oneof === undefined ? [] : [oneof])));
    return z
      .object({
        ...Object.fromEntries(shape.fields.filter(({ oneof }) => oneof === undefined).map((field) => [field.name, property(field)])),
        ...Object.fromEntries([...unions].map((name) => [name, union(shape.fields.filter(({ oneof }) => oneof === name))])),
      })
      .openapi({ description: shape.about });
  });

/** The schema of a contract message as JSON, for shapes that hold one. */
export const jsonOf = (codec: { readonly $type: string }): z.ZodType => ofMessage(codec.$type);

/** One contract message. */
export const messageOf = <M>(codec: Codec<M>): Answer<M> => ({
  schema: jsonOf(codec),
  mediaType: JSON_TYPE,
  about: shortName(codec.$type),
});

/** A page of a list: `next` is the cursor of the next page, empty after the last page. */
export const listOf = <M>(codec: Codec<M>): Answer<{ items: M[]; next: string }> => ({
  schema: z.object({ items: z.array(jsonOf(codec)), next: z.string().openapi({ description: 'Cursor, empty at the end' }) }),
  mediaType: JSON_TYPE,
  about: `一页${shortName(codec.$type)}`,
});

/** A page of a list that a ListSpec describes: with the total on the first page, and with the names and places of its institutions. */
export const countedListOf = <M>(codec: Codec<M>): Answer<CountedList<M>> => ({
  schema: z.object({
    items: z.array(jsonOf(codec)),
    next: z.string().openapi({ description: 'Cursor, empty at the end' }),
    total: jsonOf(ListTotal).optional(),
    institutions: z.array(jsonOf(InstitutionPlace)),
    orders: z.array(jsonOf(NamedOrder)),
  }),
  mediaType: JSON_TYPE,
  about: `一页${shortName(codec.$type)}`,
});

/** A JSON answer that is not a single contract message. */
export const shapeOf = (name: string, schema: z.ZodType, about = name): Answer => ({
  schema: schema.openapi(name),
  mediaType: JSON_TYPE,
  about,
});

/** Server-sent events, each with one message as its data. */
export const streamOf = <M>(codec: Codec<M>): Answer<void> => ({
  schema: jsonOf(codec),
  mediaType: 'text/event-stream',
  about: `Server-sent events; the data of each is one ${shortName(codec.$type)}`,
});

const BYTES = z.string().openapi({ format: 'binary' });

/** A file; the media type is `*` + `/*` where the sender of the file chose the type. */
export const fileOf = (mediaType: string, about: string): Answer<void> => ({ schema: BYTES, mediaType, about });

/** Done, without a body: 204. */
export const NOTHING: Answer<void> = { schema: undefined, mediaType: '', about: '已完成' };
/** Done, with the empty object `{}` as body. */
export const EMPTY: Answer<Record<never, never>> = { schema: z.object({}), mediaType: JSON_TYPE, about: '已完成' };

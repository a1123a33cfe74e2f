// Makes a message with every field set, in protobuf's JSON form, from its description alone. A new field of an event is
// therefore in the sample of the next release without further work.
import type { DescEnum, DescField, DescMessage, DescOneof, JsonObject, JsonValue } from '@bufbuild/protobuf';
import { ScalarType } from '@bufbuild/protobuf';
import { ANY_NUMBER, INSTANT, NUMBERS, VALUES } from './values';

const textOf = (field: DescField): string => {
  const value = VALUES[`${field.parent.name}.${field.name}`] ?? VALUES[field.name];
  if (value === undefined)
    throw new Error(`no sample value for ${field.parent.typeName}.${field.name}: add one to tools/samples/src/values.ts`);
  return value;
};

const scalarOf = (field: DescField, type: ScalarType): JsonValue => {
  if (type === ScalarType.STRING) return textOf(field);
  if (type === ScalarType.BOOL) return true;
  if (type === ScalarType.BYTES) return Buffer.from(`sample ${field.name}`).toString('base64');
  return NUMBERS[field.name] ?? ANY_NUMBER;
};

/** Every value but UNSPECIFIED. */
const valuesOf = (described: DescEnum): string[] => described.values.filter(({ number }) => number !== 0).map(({ name }) => name);

const oneOf = (
  field: DescField,
  described: { message?: DescMessage | undefined; enum?: DescEnum | undefined; scalar?: ScalarType | undefined },
): JsonValue => {
  if (described.message) return filled(described.message);
  if (described.enum) return valuesOf(described.enum)[0] ?? '';
  return scalarOf(field, described.scalar ?? ScalarType.STRING);
};

const unionOf = (message: DescMessage): DescOneof | undefined => message.oneofs[0];

/** One element for each member of the union, and for each value of a member that is an enum. */
const eachCase = (message: DescMessage, union: DescOneof): JsonObject[] =>
  union.fields
    .flatMap((member) => (member.enum ? valuesOf(member.enum) : [oneOf(member, member)]).map((value) => ({ [member.jsonName]: value })))
    .map((chosen, i) => ({ ...plainFields(message), ...('row' in plainFields(message) ? { row: i + 1 } : {}), ...chosen }));

const listOf = (field: DescField & { fieldKind: 'list' }): JsonValue => {
  if (field.listKind === 'enum') return valuesOf(field.enum);
  if (field.listKind === 'message') {
    const union = unionOf(field.message);
    return union ? eachCase(field.message, union) : [filled(field.message)];
  }
  return [scalarOf(field, field.scalar)];
};

const valueOf = (field: DescField): JsonValue => {
  if (field.fieldKind === 'list') return listOf(field);
  if (field.fieldKind === 'map') throw new Error(`${field.name} is a map: no event has one`);
  return oneOf(field, field);
};

const plainFields = (message: DescMessage): JsonObject =>
  Object.fromEntries(message.fields.filter((field) => !field.oneof).map((field) => [field.jsonName, valueOf(field)]));

/** Sets every field of the message; of a union, the first member. */
export const filled = (message: DescMessage): JsonValue => {
  if (message.typeName === 'google.protobuf.Timestamp') return INSTANT;
  const first = unionOf(message)?.fields[0];
  return { ...plainFields(message), ...(first ? { [first.jsonName]: valueOf(first) } : {}) };
};

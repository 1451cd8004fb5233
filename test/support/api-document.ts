import type { OpenAPIObject, SchemaObject } from '@nestjs/swagger';

export type Schema = SchemaObject & { $ref?: string };
export type ApiDocument = Pick<OpenAPIObject, 'paths' | 'components'>;

type JsonContent = { content?: Record<string, { schema?: Schema } | undefined> } | undefined;

/** What a reference leads to, or the schema itself. */
export function resolved(schema: Schema, { components }: ApiDocument): Schema {
  if (!schema.$ref) return schema;
  const found = components?.schemas?.[nameOf(schema.$ref)];
  if (!found) throw new Error(`the document has no ${schema.$ref}`);
  return found;
}

/** The last part of a reference. */
export const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

export const bodySchema = (document: ApiDocument, path: string): Schema =>
  schemaIn(document.paths[path]?.post?.requestBody as JsonContent, `the body of POST ${path}`);

/** Of a successful answer. */
export const answerSchema = (
  document: ApiDocument,
  method: 'get' | 'post',
  path: string,
  status = '200',
): Schema =>
  schemaIn(
    document.paths[path]?.[method]?.responses[status] as JsonContent,
    `the ${status} of ${method} ${path}`,
  );

function schemaIn(content: JsonContent, what: string): Schema {
  const schema = content?.content?.['application/json']?.schema;
  if (!schema) throw new Error(`the document says nothing of ${what}`);
  return schema;
}

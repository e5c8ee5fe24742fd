import { html } from 'hono/html';
import { type Html, type PageContext, page } from './page.ts';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Record<string, unknown>;
}

interface Operation {
  summary?: string;
  parameters?: readonly Parameter[];
  responses?: Record<
    string,
    { description?: string; content?: Record<string, { schema?: unknown }> }
  >;
}

export interface OpenApiDocument {
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
}

/** The description of the API for people: each question with its parameters and the shape of its answer. */
export function referencePage(context: PageContext, document: OpenApiDocument, now: string): Html {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const body = html`<h1>The API</h1>
<p>${document.info.description} The same as <a href="${context.base}/openapi.json">OpenAPI 3.1</a>, for programs that make clients. Answers have an ETag; errors are <code>application/problem+json</code>; lists go on with <code>cursor</code>.</p>
${operations.map(({ path, method, operation }) => operationPart(context, path, method, operation))}`;
  return page(context, { title: 'API', path: '/api', knownAt: now, body });
}

function operationPart(
  context: PageContext,
  path: string,
  method: string,
  operation: Operation,
): Html {
  const whole = `/api/v1${path}`;
  const { parameters = [], responses = {}, summary = '' } = operation;
  const schema = responses['200']?.content?.['application/json']?.schema;
  const canTry =
    method === 'get' && !parameters.some(({ required }) => required) && !context.isStatic;
  return html`<section class="operation">
<h2><code>${method.toUpperCase()} ${whole}</code></h2>
<p>${summary}${canTry ? html` <a href="${context.base}${whole}">Try it<span class="hidden"> (${whole})</span></a>` : ''}</p>
${parameters.length === 0 ? '' : html`<dl class="facts">${parameters.map((one) => html`<div><dt><code>${one.name}</code>${one.required ? ' (needed)' : ''}</dt><dd>${typeWords(one.schema)} in the ${one.in}${one.description === undefined ? '' : html`. ${one.description}`}</dd></div>`)}</dl>`}
${schema === undefined ? '' : html`<details><summary>The shape of the answer</summary><pre tabindex="0">${JSON.stringify(schema, null, 2)}</pre></details>`}
</section>`;
}

function typeWords(schema: Record<string, unknown> = {}): string {
  const { type, default: usual } = schema;
  const words = typeof type === 'string' ? type : 'value';
  return usual === undefined ? words : `${words} (${String(usual)} when left out)`;
}

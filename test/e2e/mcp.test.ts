import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, it } from 'vitest';
import type { DemoSummary } from '../../src/demo/demo.ts';
import { demoFolder } from '../support/demo-folder.ts';
import { PROJECT_ROOT } from '../support/planted-tree.ts';

it('answers clients of both generations on standard input and output', async () => {
  const { config }: DemoSummary = JSON.parse((await demoFolder()).stdout);
  for (const mode of ['auto', 'legacy'] as const) {
    const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [join(PROJECT_ROOT, 'dist/bin/main.js'), 'mcp', '--config', config],
        stderr: 'pipe',
      }),
    );
    const asked = { model: 'gpt-image-2', as_of: '2026-05-13T06:00:00Z' };
    const { content } = await client.callTool({ name: 'model_status', arguments: asked });
    expect(JSON.stringify(content)).toContain('Verdict: confirmed since 2026-04-21 19:10 UTC');
    expect(client.getProtocolEra()).toBe(mode === 'auto' ? 'modern' : 'legacy');
    await client.close();
  }
});

import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { LlmSpanSelectEvent } from 'llm-trace-kit';
import 'llm-trace-kit/define/llm-trace-view.js';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <llm-trace-view src="trace.json" view="tree" style="height: 400px" (llm-span-select)="select($event)" />
    <output>{{ name() }}</output>
  `,
})
class App {
  protected readonly name = signal('');

  protected select(event: LlmSpanSelectEvent): void {
    this.name.set(event.detail.span.name);
  }
}

await bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });

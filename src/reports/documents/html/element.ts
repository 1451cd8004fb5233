import { h, type ComponentChildren, type VNode } from 'preact';

type Attributes = Record<string, string | number | undefined | { __html: string }>;

/** An element of a page, all texts in it escaped when it is written. */
export const el = (tag: string, attributes: Attributes | null, ...children: ComponentChildren[]): VNode =>
  h(tag, attributes, ...children) as VNode;

import { SaxesParser } from 'saxes';
import { fits, type Problems, placeOf, type Source } from './problem.ts';

export interface XmlAttribute {
  readonly value: string;
  /** Where in the text its name begins. */
  readonly offset: number;
}

/** An element with its place in the text. Text between elements carries no meaning in GENIUS files and is dropped. */
export interface XmlElement {
  readonly name: string;
  /** Where in the text its `<` stands. */
  readonly offset: number;
  readonly attributes: ReadonlyMap<string, XmlAttribute>;
  readonly children: readonly XmlElement[];
}

/** Objectives may nest, but nothing meaningful nests deeper than this. */
const DEEPEST = 64;

/**
 * Reads XML strictly: well-formed or refused at its first mistake, with its place. A document type declaration is refused whatever it says, so no entity
 * but the five of XML itself exists, nothing is expanded and nothing is fetched.
 */
export function readXml(source: Source, problems: Problems): XmlElement | undefined {
  if (!fits(source, problems)) return undefined;
  const { text } = source;
  const parser = new SaxesParser({ xmlns: false, position: false });
  const open: (XmlElement & { children: XmlElement[]; attributes: Map<string, XmlAttribute> })[] = [];
  let root: XmlElement | undefined;
  let closed: XmlElement | undefined;
  /** Where the attribute that is being read may begin at the earliest. */
  let from = 0;
  const refuse = (offset: number, code: string, message: string, hint?: string) => {
    problems.add(source, offset, code, message, hint);
    throw new Stop();
  };
  parser.on('error', (error) => {
    // At a closing tag that does not fit, the parser has closed the innermost element before it complains.
    const last = error.message.startsWith('unexpected close tag') ? closed : open.at(-1);
    const hint = last && `<${last.name}> of line ${placeOf(text, last.offset).line} is not closed`;
    refuse(Math.max(0, parser.position - 1), 'malformed-xml', sentence(error.message), hint);
  });
  parser.on('doctype', () => {
    const at = text.lastIndexOf('<!DOCTYPE', parser.position);
    const hint = 'remove the <!DOCTYPE ...> declaration; no entity beyond &amp; &lt; &gt; &quot; &apos; is read';
    refuse(Math.max(0, at), 'document-type', 'a document type declaration is not accepted', hint);
  });
  parser.on('opentagstart', ({ name }) => {
    const offset = text.lastIndexOf(`<${name}`, parser.position);
    from = offset + 1 + name.length;
    if (open.length >= DEEPEST) refuse(offset, 'nested-too-deep', `elements nest deeper than ${DEEPEST}`);
    open.push({ name, offset, attributes: new Map(), children: [] });
  });
  parser.on('attribute', ({ name, value }) => {
    const offset = text.indexOf(name, from);
    from = parser.position;
    open.at(-1)?.attributes.set(name, { value, offset });
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (element === undefined) return;
    closed = element;
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });
  try {
    parser.write(text).close();
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    return undefined;
  }
  return root;
}

/** Ends parsing at the first refusal: what follows a mistake in XML is guesswork. */
class Stop extends Error {}

const sentence = (message: string) => `this is not well-formed XML: ${message.replace(/\.$/, '')}`;

/** All elements of a name among the children. */
export const childrenNamed = (element: XmlElement, name: string) =>
  element.children.filter((child) => child.name === name);

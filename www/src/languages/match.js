import { languages } from '../../generated/languages.js';

/** Other names of languages: deprecated ones, parts of one that is meant, and which script a Chinese region writes. */
const ALIASES = new Map(Object.entries({
  in: 'id', iw: 'he', kmr: 'ku', msa: 'ms', nb: 'no', nn: 'no', tl: 'fil',
  zh: 'zh-cn', 'zh-hant': 'zh-tw', 'zh-hk': 'zh-tw', 'zh-mo': 'zh-tw',
}));

/**
 * The first language that somebody understands and the button speaks, by lookup (RFC 4647 §3.4): subtags are taken away
 * from the end until there is one.
 * @param {readonly unknown[]} ranges BCP 47 tags, the dearest first; what is none is passed over
 */
export function match(ranges) {
  for (const range of ranges) {
    const wanted = String(range).trim().toLowerCase().replaceAll('_', '-');
    for (let tag = wanted; tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
      const name = ALIASES.get(tag) ?? tag;
      if (!Object.hasOwn(languages, name)) continue;
      // Whoever asks for a script (RFC 5646 §2.2.3) may not be able to read another one.
      const [, script] = /^[a-z]{2,8}(?:-[a-z]{3})*-([a-z]{4})(?:-|$)/.exec(wanted) ?? [];
      if (!script || script === languages[name].script) return languages[name];
      break;
    }
  }
  return undefined;
}

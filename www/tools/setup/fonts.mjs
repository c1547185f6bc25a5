/**
 * Fonts for the pictures of `npm run gallery`, 6 MB to download: a button in a language that the machine has no letters
 * for is a row of boxes. No test needs them. Installed where apt may do it; elsewhere the pictures do without.
 */
import { mustRun, run, which } from '../run.mjs';

/**
 * The smallest packages of Debian that have the letters, each by a few of them. Latin, Cyrillic, Greek, Arabic and Hebrew
 * are in DejaVu, which comes with the browsers. Roboto is the face that phones have.
 * @type {{ letters: string, family?: string, package: string }[]}
 */
const wanted = [
  { letters: 'Sign', family: 'Roboto', package: 'fonts-roboto-unhinted' },
  { letters: '录錄グ인', package: 'fonts-wqy-microhei' },
  { letters: 'हन', package: 'fonts-lohit-deva' },
  { letters: 'সন', package: 'fonts-lohit-beng-bengali' },
  { letters: 'સન', package: 'fonts-lohit-gujr' },
  { letters: 'ಸನ', package: 'fonts-lohit-knda' },
  { letters: 'உந', package: 'fonts-lohit-taml' },
  { letters: 'ลง', package: 'fonts-tlwg-loma-ttf' },
  { letters: 'ብእ', package: 'fonts-sil-abyssinica' },
];

/** @param {typeof wanted[number]} font */
async function isMissing({ letters, family = '' }) {
  const points = [...letters].map((letter) => letter.codePointAt(0)?.toString(16)).join(' ');
  const { code, output } = await run('fc-list', [`${family}:charset=${points}`, 'family']);
  return code !== 0 || output.trim() === '';
}

/** @returns {Promise<boolean>} whether every language has its letters */
export async function ensureFonts() {
  if (!which('fc-list')) {
    console.error('setup: fc-list is missing, so nobody knows which fonts are here; a language without one is a row of boxes');
    return false;
  }
  const missing = [];
  for (const font of wanted) if (await isMissing(font)) missing.push(font);
  if (missing.length === 0) return true;
  const install = ['install', '-y', '--no-install-recommends', ...missing.map((font) => font.package)];
  if (process.getuid?.() === 0 && which('apt-get')) {
    console.log(`setup: fonts (apt-get ${install.join(' ')})`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    try {
      await mustRun('apt-get', ['update'], { env });
      await mustRun('apt-get', install, { env });
      return true;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'CommandFailed') throw error;
      console.error(`setup: ${error.message}`);
    }
  }
  const letters = missing.map((font) => font.family ?? font.letters).join(', ');
  console.error(`setup: no font for ${letters}; on Debian: sudo apt-get ${install.join(' ')}. Until then pictures show boxes, or another face.`);
  return false;
}

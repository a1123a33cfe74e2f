// Shows the user what the launcher does before a command. A step that takes longer than two seconds prints its name and,
// at its end, its duration. A terminal shows the running seconds; a log gets two plain lines. All of it goes to standard
// error, because some commands print their result on standard output.
const SHOW_AFTER_MS = 2_000;
const TICK_MS = 1_000;

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * @param {string} label what the step does, in words for a person
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @template T
 */
export const step = async (label, work) => {
  const began = Date.now();
  const live = process.stderr.isTTY === true;
  let shown = false;
  const show = () => {
    if (live) process.stderr.write(`\r${label} … ${Math.round((Date.now() - began) / 1000)} s`);
    else if (!shown) process.stderr.write(`${label} …\n`);
    shown = true;
  };
  let ticking;
  const first = setTimeout(() => {
    show();
    ticking = setInterval(show, TICK_MS);
  }, SHOW_AFTER_MS);
  const end = (outcome) => {
    clearTimeout(first);
    clearInterval(ticking);
    if (shown) process.stderr.write(`${live ? '\r' : ''}${label}: ${outcome} ${seconds(began)}\n`);
  };
  try {
    const result = await work();
    end('done in');
    return result;
  } catch (error) {
    end('failed after');
    throw error;
  }
};

/** @type {Set<string>} */ const warned = new Set();

/** Writes a warning to the console, each text once per page. @param {...string} words */
export const warnOnce = (...words) => {
  const text = words.join(' ');
  if (!warned.has(text)) console.warn('NotifyDashboard:', text);
  warned.add(text);
};

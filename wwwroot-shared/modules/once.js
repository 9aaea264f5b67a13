/** @type {Set<string>} */ const told = new Set();

/** Tells the console, each thing once. @param {...string} words */
export const once = (...words) => {
  const text = words.join(' ');
  if (!told.has(text)) console.warn('NotifyDashboard:', text);
  told.add(text);
};

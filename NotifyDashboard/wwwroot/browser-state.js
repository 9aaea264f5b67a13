// What a page leaves in the browser, for BrowserState.cs.

/** Sets the address, without loading a page, so that it can be bookmarked, shared and reloaded. */
export const setUrl = url => history.replaceState(history.state, '', new URL(url, document.baseURI));

/** Sets a cookie for a year. Its path is the hub's path base, because other applications may share the host. */
export const setCookie = (name, value) => {
  document.cookie = `${name}=${value}; path=${new URL(document.baseURI).pathname}; max-age=31536000; samesite=lax`;
};

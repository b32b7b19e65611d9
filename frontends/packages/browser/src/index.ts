export { createStore } from './createStore';
export { isTextField } from './isTextField';
export { BrowserStorage, localStore, parseJson, tabStore } from './storage';
export { useOnline } from './useOnline';
export { useStore } from './useStore';

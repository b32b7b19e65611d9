/** Where the choice of a language is remembered: `en` or `ja`. */
export const languageKey = 'kumiko.language';

/** Where the choice of a theme is remembered: `light`, `dark`, or nothing for the system's. */
export const themeKey = 'kumiko.theme';

/** What colours the browser's own frame like the paper, where a theme was chosen; where none was, the page's own two follow the system. */
export const frames = { light: 'rgb(250, 248, 244)', dark: 'rgb(21, 19, 15)' };

/**
 * Runs before the first paint. The page comes in English and light; where that is not what the person reads, the text is hidden
 * (`data-pending`) until React has put the right one in its place. Who was signed in when last here (`data-signed-in`) is not invited to sign in.
 *
 * A form that posts and is not alive yet keeps the press of its button until it is ({@link takeEarlyPress}).
 *
 * What Next.js finds in `__next_s` it runs before it starts (where `next/script` puts what is to come `beforeInteractive`), each in a task of
 * its own. Here that is nothing: between loading its code and starting it, the browser gets to answer the person.
 */
export const bootScript = `(function(){var d=document.documentElement,l,t;try{l=localStorage.getItem('${languageKey}');t=localStorage.getItem('${themeKey}')}catch(e){}
if(l!=='en'&&l!=='ja'){l=(navigator.languages||[navigator.language]).map(function(n){return n.slice(0,2)}).find(function(n){return n==='en'||n==='ja'})||'en'}
d.lang=l;if(l!=='en')d.dataset.pending='';
try{if(localStorage.getItem('kumiko.signed-in'))d.dataset.signedIn=''}catch(e){}
if(t==='dark'||t!=='light'&&matchMedia('(prefers-color-scheme: dark)').matches)d.classList.add('dark');
if(t==='dark'||t==='light'){var m=document.createElement('meta');m.name='theme-color';m.dataset.chosen='';m.content=t==='dark'?'${frames.dark}':'${frames.light}';document.head.prepend(m)}
addEventListener('submit',function(e){var f=e.target;if(f.method==='post'&&f.earlyPress!==null){e.preventDefault();f.earlyPress=true}},true);
(self.__next_s=self.__next_s||[]).push([0,{children:''}])})()`;

declare global {
  interface HTMLFormElement {
    /** Whether its button was pressed before it was alive; `null` from then on. */
    earlyPress?: true | null;
  }
}

/** Says that a form is alive, and answers whether its button was pressed before. */
export function takeEarlyPress(form: HTMLFormElement): boolean {
  const isPressed = form.earlyPress === true;
  form.earlyPress = null;
  return isPressed;
}

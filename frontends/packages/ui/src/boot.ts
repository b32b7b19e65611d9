/** The storage key of the chosen language: `en` or `ja`. */
export const languageKey = 'kumiko.language';

/** The storage key of the chosen theme: `light`, `dark`, or nothing for the system's. */
export const themeKey = 'kumiko.theme';

/** The colours of the browser's frame for a chosen theme, matching the page. Without a choice, the page's own two follow the system. */
export const frames = { light: 'rgb(250, 248, 244)', dark: 'rgb(21, 19, 15)' };

/**
 * Runs before the first paint. The page arrives in English and light. For other readers, the text is hidden (`data-pending`) until React
 * has replaced it. People who were signed in on their last visit (`data-signed-in`) are not invited to sign in.
 *
 * A posting form that is not hydrated yet remembers that its button was pressed ({@link takeEarlyPress}).
 *
 * Next.js runs the scripts in `__next_s` before it starts (`next/script` puts `beforeInteractive` scripts there), each in a separate task.
 * The entry here is empty: it lets the browser respond to the person between loading Next.js and starting it.
 */
export const bootScript = `(function(){var d=document.documentElement,l,t;
try{l=localStorage.getItem('${languageKey}');t=localStorage.getItem('${themeKey}')}catch(e){}
if(l!=='en'&&l!=='ja'){l=(navigator.languages||[navigator.language]).map(function(n){return n.slice(0,2)})
.find(function(n){return n==='en'||n==='ja'})||'en'}
d.lang=l;if(l!=='en')d.dataset.pending='';
try{if(localStorage.getItem('kumiko.signed-in'))d.dataset.signedIn=''}catch(e){}
if(t==='dark'||t!=='light'&&matchMedia('(prefers-color-scheme: dark)').matches)d.classList.add('dark');
if(t==='dark'||t==='light'){var m=document.createElement('meta');m.name='theme-color';m.dataset.chosen='';
m.content=t==='dark'?'${frames.dark}':'${frames.light}';document.head.prepend(m)}
addEventListener('submit',function(e){var f=e.target;
if(f.method==='post'&&f.earlyPress!==null){e.preventDefault();f.earlyPress=true}},true);
(self.__next_s=self.__next_s||[]).push([0,{children:''}])})()`;

declare global {
  interface HTMLFormElement {
    /** Whether the button was pressed before hydration; `null` from then on. */
    earlyPress?: true | null;
  }
}

/** Marks a form as hydrated, and returns whether its button was pressed before. */
export function takeEarlyPress(form: HTMLFormElement): boolean {
  const isPressed = form.earlyPress === true;
  form.earlyPress = null;
  return isPressed;
}

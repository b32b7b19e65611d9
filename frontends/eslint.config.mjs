import next from '@next/eslint-plugin-next';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/node_modules', '**/.next', '**/out', '**/next-env.d.ts', 'packages/api-client/src/generated.ts', '**/*.mjs'] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  jsxA11y.flatConfigs.recommended,
  reactHooks.configs.flat.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@next/next': next },
    settings: { next: { rootDir: ['crud', 'auth'] } },
    rules: {
      ...next.configs.recommended.rules,
      ...next.configs['core-web-vitals'].rules,
      // The frontends are two applications, so a link between them loads a document.
      '@next/next/no-html-link-for-pages': 'off',
      // This rule is about the pages router.
      '@next/next/no-head-element': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-empty-function': 'off',
      // If such a part can't be loaded, the page is replaced by an error.
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'react', importNames: ['default', 'lazy'], message: 'Use `late` of @kumiko/ui.' },
            { name: 'next/dynamic', message: 'Use `late` of @kumiko/ui.' },
          ],
        },
      ],
    },
  },
  { files: ['packages/ui/src/components/late.tsx'], rules: { 'no-restricted-imports': 'off' } },
);

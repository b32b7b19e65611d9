'use client';

import { type Post } from '@kumiko/api-client';
import { afterInteraction, Button, describeProblem, useSharedTexts, useTexts, useToast } from '@kumiko/ui';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { messages } from '../messages';
import { useDraft } from '../posts/useDraft';
import { Conflict, useReadVersion, useUpdatePost, type Version } from '../posts/useUpdatePost';
import { faultOf } from '../text/rules';
import { PostText } from './PostText';
import { PostTextarea } from './PostTextarea';

const loadDialog = () => import('./ConflictDialog');
const ConflictDialog = lazy(loadDialog);

/** Changes a post where it stands. */
export default function EditPost({ post, onEnd }: { post: Post; onEnd: () => void }) {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  const toast = useToast();
  const read = useReadVersion();
  // The version that is changed is the one that was there at the beginning, whatever happens to the post meanwhile.
  const [before] = useState(post);
  const version = useQuery({ queryKey: ['version', before.id], queryFn: () => read(before.id), staleTime: Infinity, gcTime: 0 });
  const [draft, setDraft] = useDraft(`edit.${before.id}.${before.updated_at}`, before.content);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const update = useUpdatePost();

  const isUntouched = draft === before.content;
  const text = isUntouched && version.data !== undefined ? version.data.post.content : draft;

  useEffect(() => afterInteraction([loadDialog]), []);

  function end(): void {
    setDraft('');
    onEnd();
  }

  function save(content: string, over: Version): void {
    setConflict(null);
    document.getElementById(`post-${before.id}`)?.focus({ preventScroll: true });
    update.mutate(
      { content, over },
      {
        onSuccess: end,
        onError: (error) => {
          if (error instanceof Conflict) {
            setConflict(error);
          }
        },
      },
    );
  }

  function submit(): void {
    if (faultOf(text) !== null) {
      return;
    }
    if (isUntouched) {
      end();
    } else if (version.data === undefined) {
      void version.refetch();
    } else if (version.data.post.content !== before.content) {
      setConflict(new Conflict(text, version.data));
    } else {
      save(text, version.data);
    }
  }

  if (update.isPending) {
    return <PostText text={update.variables.content} />;
  }
  const error = conflict === null && !(update.error instanceof Conflict) ? (update.error ?? version.error) : null;
  return (
    <>
      <form
        className="max-sm:mt-2"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <PostTextarea
          label={texts.editLabel}
          value={text}
          onChange={setDraft}
          onSend={submit}
          // Nobody loses a text by a slip of the finger.
          onCancel={isUntouched ? end : undefined}
          isFocused
          className="rounded-md border border-control bg-surface px-3 py-2"
        />
        {error !== null && (
          <p role="alert" className="mt-2 text-sm text-danger">
            {describeProblem(error, shared)}
          </p>
        )}
        <div className="mt-3 flex justify-end gap-2">
          <Button kind="quiet" onClick={end}>
            {shared.cancel}
          </Button>
          <Button type="submit" kind="primary" disabled={faultOf(text) !== null} busy={!isUntouched && version.isFetching}>
            {texts.save}
          </Button>
        </div>
      </form>
      {conflict !== null && (
        <Suspense>
          <ConflictDialog
            conflict={conflict}
            onSave={(content) => save(content, conflict.theirs)}
            onTakeTheirs={() => {
              end();
              toast({ message: texts.tookTheirs });
            }}
            onClose={() => setConflict(null)}
          />
        </Suspense>
      )}
    </>
  );
}

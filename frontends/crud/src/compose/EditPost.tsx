'use client';

import { useApi, type Post } from '@kumiko/api-client';
import { afterInteraction, Button, describeProblem, late, useSharedTexts, useTexts, useToast } from '@kumiko/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { messages } from '../messages';
import { PostText } from '../text/PostText';
import { faultOf } from '../text/rules';
import { focusPostIfNear } from '../board/focusPost';
import { PostTextarea } from './PostTextarea';
import { useDraft } from './useDraft';
import { Conflict, useReadVersion, useUpdatePost, type Version } from './useUpdatePost';

const loadDialog = () => import('./ConflictDialog');
const ConflictDialog = late(loadDialog);

/** Edits a post in place. */
export default function EditPost({ post, onEnd }: { post: Post; onEnd: () => void }) {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  const toast = useToast();
  const { session } = useApi();
  const read = useReadVersion();
  const queries = useQueryClient();
  // The version to change is the one from the beginning, whatever happens to the post in the meantime.
  const [before] = useState(post);
  const versionKey = ['version', before.id];
  const version = useQuery({ queryKey: versionKey, queryFn: () => read(before.id), staleTime: Infinity, gcTime: 0, networkMode: 'always' });
  const [kept, keep] = useDraft(before.user_id, `edit.${before.id}`, asDraft(before.updated_at, before.content));
  const [base, draft] = ofDraft(kept === '' ? asDraft(before.updated_at, before.content) : kept);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const update = useUpdatePost(() => keep(''));

  const isUntouched = draft === before.content;
  const text = isUntouched && version.data !== undefined ? version.data.post.content : draft;

  useEffect(() => afterInteraction([loadDialog]), []);

  // Don't leave an author's text on the page for the next user of the browser.
  useEffect(() => session.whenLeft(onEnd), [session, onEnd]);

  function end(): void {
    // Cancelling while the version is being read must not save anything.
    latestSubmit.current = () => Promise.resolve();
    keep('');
    onEnd();
  }

  function save(content: string, over: Version): void {
    focusPostIfNear(before.id);
    update.mutate(
      { content, over },
      {
        onSuccess: onEnd,
        onError: (error) => {
          if (error instanceof Conflict) {
            setConflict(error);
          }
        },
      },
    );
  }

  // If saving fails, the text and the version that it was written over are still there.
  function resolve(content: string, over: Version): void {
    setConflict(null);
    queries.setQueryData(versionKey, over);
    keep(asDraft(over.post.updated_at, content));
    save(content, over);
  }

  async function submit(over = version.data): Promise<void> {
    if (faultOf(text) !== null) {
      return;
    }
    if (isUntouched || text.trim() === over?.post.content) {
      end();
    } else if (over === undefined) {
      const { data } = await version.refetch();
      if (data !== undefined) {
        await latestSubmit.current(data);
      }
    } else if (over.post.updated_at === base || (base === before.updated_at && over.post.content === before.content)) {
      save(text, over);
    } else {
      setConflict(new Conflict(text, over));
    }
  }

  // The person may continue typing while the version is being read.
  const latestSubmit = useRef(submit);
  useEffect(() => {
    latestSubmit.current = submit;
  });

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
          void submit();
        }}
      >
        <PostTextarea
          label={texts.editLabel}
          value={text}
          onChange={(changed) => keep(asDraft(isUntouched ? (version.data?.post.updated_at ?? base) : base, changed))}
          onSend={() => void submit()}
          // A text must not be lost by pressing a key by mistake.
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
        <ConflictDialog
          conflict={conflict}
          onSave={(content) => resolve(content, conflict.theirs)}
          onTakeTheirs={() => {
            end();
            toast({ message: texts.tookTheirs });
          }}
          onClose={() => setConflict(null)}
          onFailed={() => setConflict(null)}
        />
      )}
    </>
  );
}

// A draft begins with the version that it changes, so that its author finds out later if the post has been changed.
function asDraft(base: string, text: string): string {
  return `${base}\n${text}`;
}

function ofDraft(draft: string): [base: string, text: string] {
  const end = draft.indexOf('\n');
  return [draft.slice(0, end), draft.slice(end + 1)];
}

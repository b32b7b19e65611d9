'use client';

import { isCollecting, pause, useApi, type DownloadedFile } from '@kumiko/api-client';
import { Button, useTexts, useToast } from '@kumiko/ui';
import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { FormProblem } from '../forms/FormProblem';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import { useStepUp } from './StepUp';

const pauseMilliseconds = 2_000;

/** Downloads everything that is held about the person, and says how far it is while modules are still being asked. */
export function DownloadData() {
  const texts = useTexts(messages);
  const showToast = useToast();
  const { account } = useApi();
  const withProof = useStepUp();
  const [isSlow, setSlow] = useState(false);
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);

  /** Returns null if the person left the page. Collecting goes on without it. */
  async function collect(): Promise<DownloadedFile | null> {
    while (isHere.current) {
      try {
        return await withProof(() => account.exportMe());
      } catch (error) {
        if (!isCollecting(error)) {
          throw error;
        }
      }
      setSlow(true);
      await pause(pauseMilliseconds);
    }
    return null;
  }

  const download = useSubmission({
    mutationFn: collect,
    onSuccess: (file) => {
      if (file !== null) {
        save(file);
        showToast({ message: texts.dataSaved });
      }
    },
    onSettled: () => setSlow(false),
  });

  return (
    <div className="flex flex-col gap-5">
      <FormProblem error={download.error} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <Button busy={download.isPending} onClick={() => download.mutate()}>
          {!download.isPending && <Download aria-hidden="true" className="size-4" />}
          {texts.downloadData}
        </Button>
        <p role="status" className="min-w-0 text-sm text-muted">
          {download.isPending && (isSlow ? texts.dataSlow : texts.dataCollecting)}
        </p>
      </div>
    </div>
  );
}

function save({ data, fileName }: DownloadedFile): void {
  const address = URL.createObjectURL(data);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName ?? 'kumiko.zip';
  link.click();
  URL.revokeObjectURL(address);
}

'use client';

import { useApi } from '@kumiko/api-client';
import { Button, late, useTexts, useToast } from '@kumiko/ui';
import { ShieldCheck } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { FormProblem } from '../forms/FormProblem';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import { RecoveryCodes } from './RecoveryCodes';
import type { BothFactorsPurpose } from './BothFactorsDialog';
import { SetUpApp, type AppSecret } from './SetUpApp';
import { useUser } from './SignedInOnly';
import { useStepUp } from './StepUp';

const BothFactorsDialog = late(() => import('./BothFactorsDialog'));

/** Sets up, shows and turns off the second factor: an authenticator app and recovery codes. */
export function SecondFactor() {
  const { session } = useApi();
  const user = useUser();
  const [secret, setSecret] = useState<AppSecret | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const place = useRef<HTMLDivElement>(null);

  const stage = codes !== null ? 'codes' : user.second_factor ? 'on' : secret === null ? 'off' : 'set-up';
  const shown = useRef(stage);

  // What had the focus is gone. The codes take it themselves.
  useEffect(() => {
    if (shown.current !== stage && stage !== 'codes' && document.activeElement === document.body) {
      place.current?.focus();
    }
    shown.current = stage;
  }, [stage]);

  function show(isOn: boolean): void {
    session.update({ ...user, second_factor: isOn });
  }

  function part(): ReactNode {
    if (codes !== null) {
      return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />;
    }
    if (user.second_factor) {
      return <TurnedOn fallback={place} onCodes={setCodes} onOff={() => show(false)} />;
    }
    return secret === null ? (
      <TurnedOff onSecret={setSecret} />
    ) : (
      <SetUpApp
        secret={secret}
        onCancel={() => setSecret(null)}
        onConfirmed={(fresh) => {
          setSecret(null);
          setCodes(fresh);
          show(true);
        }}
      />
    );
  }

  // Has the focus when the button that had it is gone.
  return (
    <div ref={place} tabIndex={-1} className="scroll-mt-20 outline-none">
      {part()}
    </div>
  );
}

function TurnedOff({ onSecret }: { onSecret: (secret: AppSecret) => void }) {
  const texts = useTexts(messages);
  const { account } = useApi();
  const withProof = useStepUp();
  const start = useSubmission({ mutationFn: () => withProof(() => account.setUpTotp()), onSuccess: onSecret });
  return (
    <div className="flex flex-col gap-5">
      <FormProblem error={start.error} />
      <div>
        <Button kind="primary" busy={start.isPending} onClick={() => start.mutate()}>
          {texts.setUp}
        </Button>
      </div>
    </div>
  );
}

function TurnedOn({
  fallback,
  onCodes,
  onOff,
}: {
  fallback: RefObject<HTMLElement | null>;
  onCodes: (codes: readonly string[]) => void;
  onOff: () => void;
}) {
  const texts = useTexts(messages);
  const showToast = useToast();
  const [purpose, setPurpose] = useState<BothFactorsPurpose | null>(null);
  const [isOpen, setOpen] = useState(false);

  function ask(wanted: BothFactorsPurpose): void {
    setPurpose(wanted);
    setOpen(true);
  }

  return (
    <div className="flex flex-col gap-5">
      <p className="flex items-center gap-2 text-sm font-medium text-good">
        <ShieldCheck aria-hidden="true" className="size-5 shrink-0" />
        {texts.secondFactorOn}
      </p>
      <p className="-mt-3 text-sm text-muted">{texts.newPhone}</p>
      <div className="flex flex-wrap gap-3">
        <Button aria-haspopup="dialog" onClick={() => ask('codes')}>
          {texts.newCodes}
        </Button>
        <Button kind="danger" aria-haspopup="dialog" onClick={() => ask('off')}>
          {texts.turnOff}
        </Button>
      </div>
      {purpose !== null && (
        <BothFactorsDialog
          purpose={purpose}
          open={isOpen}
          fallback={fallback}
          onOpenChange={setOpen}
          onFailed={() => setPurpose(null)}
          onCodes={onCodes}
          onOff={() => {
            showToast({ message: texts.turnedOff });
            onOff();
          }}
        />
      )}
    </div>
  );
}

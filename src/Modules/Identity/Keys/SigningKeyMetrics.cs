using System.Diagnostics.Metrics;
using Kumiko.BuildingBlocks.Observability;

namespace Kumiko.Identity.Keys;

/// <summary>Reports whether the planned rotation of the signing keys is overdue.</summary>
internal sealed class SigningKeyMetrics
{
    public SigningKeyMetrics(SigningKeyRing keys, IMeterFactory meters) =>
        meters
            .Create(Metering.MeterName)
            .CreateObservableGauge(
                "kumiko.signing_keys.overdue",
                () => keys.Overdue.TotalSeconds,
                "s",
                "How long the next signing key should have been published already; 0 if it is not due."
            );
}

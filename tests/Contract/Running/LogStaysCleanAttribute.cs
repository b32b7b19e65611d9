using System.Reflection;
using Xunit.v3;

[assembly: LogStaysClean]

namespace Kumiko.Contract.Running;

/// <summary>
/// Fails the test during which the shared system logged something private or an unhandled error. Tests run beside each other, so now and
/// then it is a neighbour's.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class LogStaysCleanAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => RunningKumiko.CheckNewLog();
}

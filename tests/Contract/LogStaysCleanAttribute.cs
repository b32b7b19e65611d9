using System.Reflection;
using Xunit.v3;

[assembly: LogStaysClean]

namespace Kumiko.Contract;

/// <summary>
/// Fails a test during which the shared system logged something private or an unhandled error. Since tests run in parallel, another test
/// may be the cause.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class LogStaysCleanAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => RunningKumiko.CheckNewLog();
}

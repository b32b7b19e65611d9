namespace Kumiko.Contract.Browser;

/// <summary>
/// The tests that share a browser. They run when the rest of the suite is done, so that what they wait for is not the machine.
/// </summary>
[CollectionDefinition(nameof(InBrowser), DisableParallelization = true)]
public sealed class InBrowser : ICollectionFixture<Chromium>;

namespace Kumiko.Browser;

/// <summary>The tests that share a browser. They run after the rest of the suite, so that they don't wait for a busy machine.</summary>
[CollectionDefinition(nameof(InBrowser), DisableParallelization = true)]
public sealed class InBrowser : ICollectionFixture<Chromium>;

using Xunit.Sdk;
using Xunit.v3;

// Every test brings its own data, so all of them run beside each other; waiting for the server is most of what they do.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 8)]

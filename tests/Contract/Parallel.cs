using Xunit.Sdk;
using Xunit.v3;

// Every test creates its own data, so all run in parallel. They spend most of their time waiting for the server.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 8)]

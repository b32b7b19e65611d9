using Xunit.Sdk;
using Xunit.v3;

// Each of these tests keeps the machine busy by itself.
[assembly: Parallelization(Mode = ParallelMode.None)]

using Xunit.Sdk;
using Xunit.v3;

// Each of these keeps the machine busy by itself.
[assembly: Parallelization(Mode = ParallelMode.None)]

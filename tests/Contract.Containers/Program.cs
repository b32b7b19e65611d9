return await Servers.RunTestsAsync(args, DockerEngine.LookAsync);

return await Servers.RunTestsAsync(args, MySqlServer.LookAsync);

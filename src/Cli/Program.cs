System.Console.WriteLine("mesolimg");
